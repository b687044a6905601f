using System.Globalization;
using System.Runtime.InteropServices;

namespace QuantDash.Web.Jobs;

/// <summary>How willingly the calling thread gives way. Linux has a value of its own for each thread, which the runtime's thread priorities do not set.</summary>
internal static class ThreadNiceness
{
    private const int Process = 0;
    private const int CallingThread = 0;
    private const int NiceField = 19;
    private const int FirstFieldAfterName = 3;

    /// <summary>Gives way to every thread that was not lowered.</summary>
    public static void Lower(int niceness)
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (OperatingSystem.IsLinux()) _ = SetPriority(Process, CallingThread, niceness); // Read back and shown: a kernel that refuses leaves the thread as it was.
    }

    /// <summary>The kernel's id and value of the calling thread; null where there are none.</summary>
    public static (int Id, int Niceness)? OfCallingThread()
    {
        if (!OperatingSystem.IsLinux() || new FileInfo("/proc/thread-self").LinkTarget is not { } link) return null;
        return int.TryParse(link[(link.LastIndexOf('/') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Of(id) is { } niceness ? (id, niceness) : null;
    }

    /// <summary>Of a thread of this process, as the kernel has it; null when it has none of that id.</summary>
    public static int? Of(int thread)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/stat");
        if (!File.Exists(file)) return null;
        var text = File.ReadAllText(file);
        // The name is in brackets and may hold blanks.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fields[NiceField - FirstFieldAfterName], CultureInfo.InvariantCulture);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);
}
