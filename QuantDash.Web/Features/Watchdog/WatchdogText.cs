namespace QuantDash.Web.Features.Watchdog;

/// <summary>Names what the watchdog says: WatchdogText.resx and WatchdogText.zh-CN.resx.</summary>
public sealed class WatchdogText;
