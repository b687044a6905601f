using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using QuantDash.Tests.Support;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Live;

public sealed class LiveComponentTests : BunitContext
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LiveState<string> _state = new("one");

    [Fact]
    public void Component_StateChanges_DrawsTheNewValue()
    {
        var component = Render<Text>(p => p.Add(c => c.State, _state).Add(c => c.Clock, _clock));
        component.MarkupMatches("<p>one</p>");

        _state.Publish("two");
        _clock.Advance(Paces.Quotes);

        component.WaitForAssertion(() => component.MarkupMatches("<p>two</p>"));
    }

    [Fact]
    public async Task DisposeAsync_PumpIsInTheMiddle_WaitsForItsEnd()
    {
        var component = Render<Text>(p => p.Add(c => c.State, _state).Add(c => c.Clock, _clock));
        var instance = component.Instance;

        await DisposeComponentsAsync();

        instance.PumpEnded.ShouldBeTrue();
    }

    [Fact]
    public void Source_Fails_FailureReachesTheErrorBoundary()
    {
        var page = Render<ErrorBoundaryProbe>(p => p.AddChildContent<Failing>());

        page.WaitForAssertion(() => page.Markup.ShouldContain("the feed broke"));
    }

    private sealed class Text : LiveComponent<string>
    {
        [Parameter] public required LiveState<string> State { get; set; }
        [Parameter] public required TimeProvider Clock { get; set; }
        public bool PumpEnded { get; private set; }

        protected override async IAsyncEnumerable<string> Source([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
        {
            try
            {
                await foreach (var value in State.WatchAsync(Paces.Quotes, Clock, stop)) yield return value;
            }
            finally
            {
                await Task.Yield();
                PumpEnded = true;
            }
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "p");
            builder.AddContent(1, View);
            builder.CloseElement();
        }
    }

    private sealed class Failing : LiveComponent<string>
    {
        protected override async IAsyncEnumerable<string> Source([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
        {
            await Task.Yield();
            yield return "fine";
            throw new InvalidOperationException("the feed broke");
        }
    }

    private sealed class ErrorBoundaryProbe : Microsoft.AspNetCore.Components.Web.ErrorBoundary
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            if (CurrentException is null) builder.AddContent(0, ChildContent);
            else builder.AddContent(1, CurrentException.Message);
        }

        protected override Task OnErrorAsync(Exception exception) => Task.CompletedTask;
    }
}
