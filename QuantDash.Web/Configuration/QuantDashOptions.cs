namespace QuantDash.Web.Configuration;

/// <summary>The `QuantDash` section of appsettings.json, where each option is explained.</summary>
public sealed class QuantDashOptions
{
    public const string Section = "QuantDash";

    /// <summary>Absolute once bound.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>all, trader or worker.</summary>
    public string Role { get; set; } = "all";

    /// <summary>Null: offered at first start; true: started without asking; false: never.</summary>
    public bool? Demo { get; set; }

    public AuthOptions Auth { get; set; } = new();
}

public sealed class AuthOptions
{
    public string? AdminPassword { get; set; }

    public string? BootstrapApiKey { get; set; }
}
