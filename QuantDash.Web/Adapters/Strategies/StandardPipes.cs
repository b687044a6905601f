using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Takes standard input and output for the messages alone: whatever a strategy prints goes to standard error, and whatever it reads is empty.</summary>
internal static class StandardPipes
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;

    public static StrategyFrames Take()
    {
        var frames = OperatingSystem.IsWindows()
            ? new StrategyFrames(Console.OpenStandardInput(), Console.OpenStandardOutput())
            : new StrategyFrames(Own(Input, FileAccess.Read), Own(Output, FileAccess.Write));
        if (!OperatingSystem.IsWindows())
        {
            using var nothing = File.OpenHandle("/dev/null");
            using var error = new SafeFileHandle(Error, ownsHandle: false);
            _ = Replace(nothing, Input);
            _ = Replace(error, Output);
        }

        Console.SetIn(TextReader.Null);
        Console.SetOut(Console.Error);
        return frames;
    }

    private static FileStream Own(int descriptor, FileAccess access)
    {
        var copy = Duplicate(descriptor);
        return copy >= 0 ? new(new SafeFileHandle(copy, ownsHandle: true), access, bufferSize: 0) : throw new IOException($"Descriptor {descriptor} cannot be duplicated.");
    }

    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor);

    [DllImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Replace(SafeFileHandle by, int descriptor);
}
