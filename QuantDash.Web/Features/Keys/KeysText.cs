namespace QuantDash.Web.Features.Keys;

/// <summary>Names this feature's texts: KeysText.resx and KeysText.zh-CN.resx.</summary>
public sealed class KeysText;
