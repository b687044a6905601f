namespace QuantDash.Web.Features.SignIn;

/// <summary>Names SignInText.resx.</summary>
public sealed class SignInText;
