using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Security;

/// <summary>Keeps the keys that seal cookies and secrets in the data directory, readable by its owner only.</summary>
public static class ProtectionKeys
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static IServiceCollection AddProtectionKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("QuantDash");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<QuantDashOptions>, ILoggerFactory>((keys, options, log) =>
        {
            var folder = new DirectoryInfo(Path.Combine(options.Value.DataDirectory, "keys"));
            if (OperatingSystem.IsWindows()) folder.Create();
            else Directory.CreateDirectory(folder.FullName, OwnerFolder);
            keys.XmlRepository = new FileSystemXmlRepository(folder, log);
        });
        return services;
    }
}
