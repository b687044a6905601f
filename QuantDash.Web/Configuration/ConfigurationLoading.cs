using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace QuantDash.Web.Configuration;

public static class ConfigurationLoading
{
    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.OrdinalIgnoreCase) { ["--role"] = "QuantDash:Role" };

    /// <summary>
    /// Adds the two settings files and the options made from them. The files go below environment and command line: added at
    /// the end, as the builder would, they would win over `--urls`.
    /// </summary>
    public static WebApplicationBuilder AddQuantDashConfiguration(this WebApplicationBuilder builder, RunFolders folders)
    {
        InsertFiles(builder.Configuration.Sources, folders);
        TakeShortNames(builder.Configuration.Sources);

        builder.Services.AddSingleton(folders);
        builder.Services.AddOptions<QuantDashOptions>()
            .BindConfiguration(QuantDashOptions.Section)
            .PostConfigure(o => o.DataDirectory = o.DataDirectory.Length == 0 ? "" : folders.Resolve(o.DataDirectory))
            .PostConfigure<IConfiguration>(TakeAlias)
            .ValidateOnStart();
        builder.Services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<QuantDashOptions>, QuantDashOptionsValidator>();
        return builder;
    }

    // The seeds' scripts set NTFY_URL; the option's own name comes first.
    private static void TakeAlias(QuantDashOptions options, IConfiguration configuration)
    {
        if (options.Notifications.NtfyUrl.Length == 0) options.Notifications.NtfyUrl = configuration["NTFY_URL"] ?? "";
    }

    private static void TakeShortNames(IList<IConfigurationSource> sources)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i] is CommandLineConfigurationSource line) sources[i] = new CommandLineConfigurationSource { Args = line.Args, SwitchMappings = ShortNames };
        }
    }

    private static void InsertFiles(IList<IConfigurationSource> sources, RunFolders folders)
    {
        // The builder's own pair, found in a published folder, would stand above appsettings.Local.json.
        foreach (var own in sources.OfType<JsonConfigurationSource>().Where(s => s.Path?.StartsWith("appsettings", StringComparison.Ordinal) == true).ToList())
        {
            sources.Remove(own);
        }

        var at = sources.IndexOf(sources.First(s => s is EnvironmentVariablesConfigurationSource));
        sources.Insert(at, JsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: false));
        sources.Insert(at + 1, JsonFile(Path.Combine(folders.Root, "appsettings.Local.json"), optional: true));
    }

    private static JsonConfigurationSource JsonFile(string path, bool optional)
    {
        var source = new JsonConfigurationSource { Path = path, Optional = optional, ReloadOnChange = false };
        source.ResolveFileProvider();
        return source;
    }
}
