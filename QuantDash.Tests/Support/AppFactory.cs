using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace QuantDash.Tests.Support;

/// <summary>The real host in this process, without a port, on a data folder of its own. For kills and browsers use AppProcess.</summary>
public sealed class AppFactory : WebApplicationFactory<Program>
{
    private readonly TempFolder _folder = new();

    /// <summary>Settings by key, such as "QuantDash:Role"; set before the first client is made.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Registered last, so that it stands in the place of what the program registers.</summary>
    public Action<IServiceCollection>? Replace { get; set; }

    public string DataDirectory => _folder.File("data");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production"); // what `dotnet run` and the container are
        builder.UseSetting("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning");
        builder.UseSetting("QuantDash:DataDirectory", DataDirectory);
        builder.UseSetting("QuantDash:Backup:EveryHours", "0"); // one in the middle of a test would be nobody's
        builder.UseSetting("QuantDash:Limits:RequestsPerSecond", "0"); // a test asks as fast as it can
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureServices(services => services.AddPatientReads());
        if (Replace is { } replace) builder.ConfigureServices(replace);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
