using System.Runtime.CompilerServices;

namespace QuantDash.Tests.Support;

/// <summary>Component tests block a pool thread while they wait, several at once; on two cores the pool would add threads only one or two a second and their
/// waits would run out.</summary>
internal static class TestThreads
{
    private const int Least = 64;

    [ModuleInitializer]
    internal static void Raise()
    {
        ThreadPool.SetMinThreads(Least, Least);
        Bunit.BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(60);
    }
}
