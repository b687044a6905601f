using System.Globalization;
using Serilog;

namespace QuantDash.Web.Configuration;

public static class Logging
{
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    // Without rolling Serilog drops what comes after its limit, and says nothing.
    private const long MostBytesInAFile = 100 * 1024 * 1024;
    private const int MostFiles = 60;

    /// <summary>
    /// Console, and files under the data directory, a new one each day and after 100 MB, kept for thirty days, sixty of them at most. Levels are the framework's own
    /// `Logging:LogLevel`; Serilog only writes.
    /// </summary>
    public static WebApplicationBuilder AddQuantDashLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();

        // Every screen page carries a form token, and the framework warns that it set the very headers that it had set itself a moment before.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);

        // The key ring lies in the data directory, which only its owner may read; there is no machine key store to encrypt it with on Linux.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services.AddSingleton<Serilog.ILogger>(services =>
        {
            var options = services.GetRequiredService<Microsoft.Extensions.Options.IOptions<QuantDashOptions>>().Value;
            return new LoggerConfiguration()
                .MinimumLevel.Verbose()
                .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture)
                .WriteTo.File(
                    Path.Combine(options.DataDirectory, "logs", options.RunsAs == ProcessRole.Watchdog ? "watchdog-.log" : "quantdash-.log"),
                    outputTemplate: Line,
                    formatProvider: CultureInfo.InvariantCulture,
                    rollingInterval: RollingInterval.Day,
                    fileSizeLimitBytes: MostBytesInAFile,
                    rollOnFileSizeLimit: true,
                    retainedFileCountLimit: MostFiles,
                    retainedFileTimeLimit: TimeSpan.FromDays(30))
                .CreateLogger();
        });
        builder.Services.AddSingleton<ILoggerProvider>(services
            => new Serilog.Extensions.Logging.SerilogLoggerProvider(services.GetRequiredService<Serilog.ILogger>(), dispose: false));
        return builder;
    }
}
