using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace QuantDash.Tests.Support;

/// <summary>Base of component tests: Radzen's services are there, and calls into the browser that a test does not set up answer with nothing.</summary>
public abstract class ComponentTest : BunitContext
{
    protected ComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddSingleton<TimeProvider>(Clock);
    }

    protected FakeTimeProvider Clock { get; } = new();
}
