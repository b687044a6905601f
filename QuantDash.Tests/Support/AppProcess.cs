using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace QuantDash.Tests.Support;

/// <summary>
/// The real QuantDash as a child process, on a port and in a data folder of its own. <see cref="Kill"/> is SIGKILL;
/// <see cref="StartAgainAsync"/> starts it on the same port and data, which is what a restart is.
/// </summary>
public sealed class AppProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(90); // It starts in two; a machine that builds beside the tests has been seen to need forty.

    private static int _lastPort = Environment.ProcessId * 97 % 20_000;
    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly IReadOnlyDictionary<string, string> _environment;
    private Process? _process;

    private AppProcess(IReadOnlyDictionary<string, string> environment)
    {
        _environment = environment;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <summary>Speaks to this process; does not follow redirects.</summary>
    public HttpClient Client { get; }

    public string DataDirectory => _environment.GetValueOrDefault("QuantDash__DataDirectory") ?? _folder.File("data");

    /// <summary>Everything printed so far, over all starts.</summary>
    public string Log => string.Join(Environment.NewLine, _log);

    /// <summary>What was printed last, for messages of failed tests.</summary>
    public string LogEnd => Log is { Length: > 3000 } log ? log[^3000..] : Log;

    public bool IsRunning => _process is { HasExited: false };

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("Not started");

    /// <param name="environment">Settings, such as ("QuantDash__Role", "worker"). Nothing of the caller's own QuantDash settings is seen.</param>
    /// <param name="deadline">By when it must serve; 30 s unless said.</param>
    public static async Task<AppProcess> StartAsync(IReadOnlyDictionary<string, string>? environment = null, TimeSpan? deadline = null)
    {
        var app = new AppProcess(environment ?? new Dictionary<string, string>());
        try
        {
            await app.StartAgainAsync(deadline);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Started, and no more than that: for a process that is not to serve, or not yet.</summary>
    public static AppProcess Launched(IReadOnlyDictionary<string, string> environment)
    {
        var app = new AppProcess(environment);
        app.Launch();
        return app;
    }

    /// <summary>Not started: for verbs that need nobody beside them.</summary>
    public static AppProcess Idle(IReadOnlyDictionary<string, string> environment) => new(environment);

    /// <summary>SIGKILL: no finally block, no flush.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
    }

    /// <summary>SIGSTOP: it neither runs nor ends, as a machine that was put to sleep.</summary>
    public void Pause() => _ = SendSignal(ProcessId, Stop);

    /// <summary>SIGCONT.</summary>
    public void Resume() => _ = SendSignal(ProcessId, Continue);

    /// <summary>SIGTERM, as service managers do; returns the exit code.</summary>
    public Task<int> StopAsync()
    {
        _ = SendSignal(ProcessId, Terminate);
        return EndAsync();
    }

    /// <summary>Waits until it ends by itself; returns the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(DefaultDeadline);
        await _process!.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Starts it after a kill or stop, on the same port and data, and waits until it serves.</summary>
    public async Task StartAgainAsync(TimeSpan? deadline = null)
    {
        Launch();
        await WaitUntilServingAsync(deadline ?? DefaultDeadline);
    }

    /// <summary>Starts it without waiting: for tests that watch it come up, or fail to.</summary>
    public void Launch()
    {
        _process?.Dispose();
        _process = Process.Start(StartInfo("--urls", Address.ToString()))!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Runs a verb of the command line on the same data and address, beside this process or after it, and returns its exit code and all it printed.</summary>
    public async Task<(int ExitCode, string Output)> RunVerbAsync(params string[] arguments)
    {
        using var verb = Process.Start(StartInfo([.. arguments, "--urls", Address.ToString()]))!;
        using var patience = new CancellationTokenSource(DefaultDeadline);
        var (output, error) = (verb.StandardOutput.ReadToEndAsync(patience.Token), verb.StandardError.ReadToEndAsync(patience.Token));
        await verb.WaitForExitAsync(patience.Token);
        return (verb.ExitCode, await output + await error);
    }

    private ProcessStartInfo StartInfo(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltApp(), .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["QUANTDASH_ROOT"] = _folder.Path;
        start.Environment["QuantDash__DataDirectory"] = DataDirectory;
        start.Environment["QuantDash__Backup__EveryHours"] = "0"; // one in the middle of a test would be nobody's
        start.Environment["QuantDash__Limits__RequestsPerSecond"] = "0"; // a test asks as fast as it can
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Polls /health until its <c>status</c> is this.</summary>
    public async Task WaitForStatusAsync(string status, TimeSpan? deadline = null)
    {
        using var patience = new CancellationTokenSource(deadline ?? DefaultDeadline);
        while (await StatusAsync() != status)
        {
            if (!IsRunning) throw new InvalidOperationException($"QuantDash ended with code {_process?.ExitCode} instead of being {status}:\n{Log}");
            if (patience.IsCancellationRequested) throw new TimeoutException($"QuantDash was not {status} in time:\n{Log}");
            await Task.Delay(25);
        }
    }

    /// <summary>Polls /health until it answers 200; where there is no /health yet, the front page.</summary>
    public async Task WaitUntilServingAsync(TimeSpan deadline)
    {
        var clock = Stopwatch.StartNew();
        while (!await IsServingAsync())
        {
            if (!IsRunning)
            {
                throw new InvalidOperationException($"QuantDash ended with code {_process?.ExitCode} instead of serving:\n{Log}");
            }

            if (clock.Elapsed > deadline)
            {
                throw new TimeoutException($"QuantDash did not serve within {deadline.TotalSeconds:0} s:\n{Log}");
            }

            await Task.Delay(25);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            Kill();
        }

        Client.Dispose();
        _process?.Dispose();
        _folder.Dispose();
        await Task.CompletedTask;
    }

    /// <summary>A port that nobody has, below those that a system gives to whoever asks for any: nobody gets it between this and the listener, nor while a program is killed and
    /// started again. Each is given once.</summary>
    public static int FreePort()
    {
        const int first = 11_000; // Browsers refuse some below.
        const int count = 20_000;
        while (true)
        {
            var port = first + (int)((uint)Interlocked.Increment(ref _lastPort) % count);
            if (IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string?> StatusAsync()
    {
        try
        {
            return JsonNode.Parse(await (await Client.GetAsync("health")).Content.ReadAsStringAsync())?["status"]?.GetValue<string>();
        }
        catch (Exception error) when (error is HttpRequestException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private async Task<bool> IsServingAsync()
    {
        try
        {
            using var health = await Client.GetAsync("health");
            if (health.StatusCode is not HttpStatusCode.NotFound)
            {
                return health.IsSuccessStatusCode;
            }

            using var page = await Client.GetAsync("");
            return (int)page.StatusCode < 500;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
        }
    }

    private static bool IsOurs(string name)
        => name.StartsWith("QuantDash", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
            || name.Equals("NTFY_URL", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Urls", StringComparison.OrdinalIgnoreCase);

    /// <summary>The web project's own output, in the configuration that the tests were built in; or what QUANTDASH_TEST_APP names.</summary>
    private static string BuiltApp()
    {
        if (Requirements.Variable("QUANTDASH_TEST_APP") is { } copy) return copy; // A long run goes on while its source is built anew.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(TestData.RepositoryRoot, "QuantDash.Web", "bin", configuration, "net10.0", "QuantDash.Web.dll");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int processId, int signal);
}
