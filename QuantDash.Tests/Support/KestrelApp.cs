using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Recovery;
using QuantDash.Tests.Scenarios;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Support;

/// <summary>The real host in this process on a real port of loopback: for what goes wrong on a wire, without the price of another process.</summary>
public sealed class KestrelApp : WebApplicationFactory<Program>
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http;

    public KestrelApp()
    {
        UseKestrel(0);
        StartServer();
        var bound = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(address => address.StartsWith("http:", StringComparison.Ordinal));
        Address = new($"http://127.0.0.1:{BindingAddress.Parse(bound).Port}/");
        _http = new() { BaseAddress = Address };
        Client = new(_http);
    }

    public Uri Address { get; }

    /// <summary>An engine that was rebuilt had met an exception.</summary>
    public (int Count, string? LastError) Rebuilt => Services.GetRequiredService<TradingRuntime>().Rebuilt;

    internal DatabaseView Database => DatabaseView.OfSqlite(Path.Combine(_folder.File("data"), "quantdash.db"));

    internal TradingClient Client { get; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("QuantDash:DataDirectory", _folder.File("data"));
        builder.UseSetting("QuantDash:Backup:EveryHours", "0");
        builder.UseSetting("QuantDash:Limits:RequestsPerSecond", "0");
        builder.UseSetting("QuantDash:Auth:BootstrapApiKey", TradingClient.Key);
        builder.UseSetting("QuantDash:Demo", "false");
        builder.ConfigureServices(services => services.AddPatientReads());
    }

    protected override void Dispose(bool disposing)
    {
        _http.Dispose();
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
