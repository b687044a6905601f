using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Adapters.Strategies;
using QuantDash.Web.Adapters.Venues.Bridge;
using QuantDash.Web.Api;
using QuantDash.Web.Cli;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Demo;
using QuantDash.Web.Features.SignIn;
using QuantDash.Web.Jobs;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Shell;
using QuantDash.Web.Trading;

if (StrategyHostProgram.Run(args) is { } ended) return ended;
var folders = RunFolders.Locate();
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = folders.Content });
builder.AddQuantDashConfiguration(folders);
builder.AddQuantDashLogging();
builder.AddQuantDashHost();
builder.Services.AddSingleton(TimeProvider.System);
if (builder.Configuration.Role() == ProcessRole.Watchdog && CommandLine.Serves(args)) return await WatchdogProgram.RunAsync(builder);
if (builder.Configuration.Role() == ProcessRole.Worker && CommandLine.Serves(args)) return await WorkerProgram.RunAsync(builder);
builder.Services.AddStandby().AddStorage().AddTickStorage().AddBarStorage().AddUserStrategies();
builder.Services.AddBridgeVenue();
builder.Services.AddTrading();
builder.Services.AddDemo();
builder.Services.AddJobs();
builder.Services.AddSecurity();
builder.Services.AddHttpApi();
builder.Services.AddScreen();

var app = builder.Build();

app.UseStoppingGate();
app.UseDisplay();
app.UseSecurityHeaders();
app.UseProblems();
app.UseNothingHere();
app.UseWebSockets();
app.UseSecurity();
app.UseApi();

app.MapStaticAssets().AllowAnonymous();
app.MapSignIn();
app.MapDisplay();
app.MapHttpApi();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

return await CommandLine.RunAsync(app, args);

/// <summary>Named so that tests can start the real host.</summary>
public partial class Program;
