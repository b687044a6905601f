namespace QuantDash.Web.Features.People;

/// <summary>Names this feature's texts: PeopleText.resx and PeopleText.zh-CN.resx.</summary>
public sealed class PeopleText;
