using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>A started process of <see cref="StrategyHostProgram"/>: its pipes, what it printed last, and its end. It is watched for what it holds in memory.</summary>
internal sealed class StrategyChild : IDisposable
{
    /// <summary>What the runtime itself takes beside the heap.</summary>
    private const int MegabytesBesideTheHeap = 256;

    private const int Megabyte = 1024 * 1024;
    private static readonly TimeSpan MemoryPace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly LogTail _tail = new();
    private readonly Task _following;
    private readonly ITimer _memory;
    private readonly int _megabytes;
    private string? _killedBecause;
    private ProcessEnd _end = ProcessEnd.Ended;
    private int _isDisposed;

    private StrategyChild(Process process, int megabytes, TimeProvider clock)
    {
        (_process, _megabytes) = (process, megabytes);
        Frames = new(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        _following = _tail.FollowAsync(process.StandardError.BaseStream);
        _memory = clock.CreateTimer(_ => LookAtMemory(), null, MemoryPace, MemoryPace);
    }

    public StrategyFrames Frames { get; }

    /// <summary>Its id, for whoever looks at the machine.</summary>
    public int Id => _process.Id;

    /// <exception cref="StrategyProcessException">It could not be started.</exception>
    public static StrategyChild Start(StrategyProgram program)
    {
        try
        {
            return new(Process.Start(StrategyLaunch.Of(program)) ?? throw new InvalidOperationException("No process."), program.Options.HeapMegabytes, program.Clock);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            throw new StrategyProcessException(ProcessEnd.NotStarted, $"The process of the strategy could not be started: {error.Message}", "");
        }
    }

    /// <summary>Ends it at once; the first reason stays.</summary>
    public void Kill(ProcessEnd end, string because)
    {
        if (Interlocked.CompareExchange(ref _killedBecause, because, null) is null) _end = end;
        try
        {
            _process.Kill(); // Alone: killing a tree stops each process first, and whoever ends in between leaves it stopped for ever.
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It is gone already.
        }
    }

    /// <summary>How it ended. It is asked when its pipe has: then it is over, or is ended now.</summary>
    public StrategyProcessException Gone()
    {
        if (!_process.WaitForExit(Parting)) Kill(ProcessEnd.Nonsense, "It closed its output and did not end: it was killed.");
        _process.WaitForExit(Parting);
        _following.WaitAsync(Parting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult(); // What it printed last is the reason that helps most; its pipe is closed by now.
        var because = _killedBecause ?? string.Create(CultureInfo.InvariantCulture, $"Its process ended by itself{(_process.HasExited ? $" with code {_process.ExitCode}" : "")}.");
        return new(_end, because, _tail.ToString());
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        _memory.Dispose();
        Kill(ProcessEnd.Ended, "It is not needed any more.");
        Frames.Dispose();
        _process.WaitForExit(Parting);
        _process.Dispose();
    }

    private void LookAtMemory()
    {
        try
        {
            _process.Refresh();
            var held = _process.WorkingSet64 / Megabyte;
            if (held > _megabytes + MegabytesBesideTheHeap) Kill(ProcessEnd.TooLarge, string.Create(CultureInfo.InvariantCulture, $"It held {held} MB in memory, {_megabytes} MB are allowed: it was killed."));
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It is gone.
        }
    }
}
