using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Accounts;
using QuantDash.Web.Features.Locks;
using QuantDash.Web.Features.Orders;
using QuantDash.Web.Features.Positions;
using QuantDash.Web.Security;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Security;

/// <summary>A viewer sees what everybody sees, and no button that trades or changes anything.</summary>
[Trait(Profile.Reliability, "E1")]
public sealed class ViewerPagesTests : ScreenContext
{
    /// <summary>Filters, choices of what is shown, and pages of a list.</summary>
    private static readonly string[] Harmless = ["Older", "Export", "Untick", "Close", "Table", "Copy", "More about each leg"];

    public ViewerPagesTests() => this.AddAuthorization().SetAuthorized("looker").SetPolicies(Scopes.Read);

    private protected override Rights Rights => new(Trade: false, Admin: false);

    [Fact]
    public void LocksPage_ForAViewer_OffersNoCommand() => Offered<LocksPage>(rows: "tbody tr").ShouldBeEmpty();

    [Fact]
    public void PositionsPage_ForAViewer_OffersNoCommand() => Offered<PositionsPage>(rows: "tbody tr").ShouldBeEmpty();

    [Fact]
    public void OrdersPage_ForAViewer_OffersNoCommand() => Offered<OrdersPage>(rows: "tbody tr").ShouldBeEmpty();

    [Fact]
    public void CashPage_ForAViewer_OffersNoCommand() => Offered<CashPage>(rows: "tbody tr").ShouldBeEmpty();

    [Fact]
    public void NewRule_ByItsAddress_StaysClosedForAViewer()
    {
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("new", "1"));
        var page = Render<LocksPage>();
        page.FindAll("dialog").ShouldBeEmpty();
    }

    private IReadOnlyList<string> Offered<T>(string rows)
        where T : IComponent
    {
        var page = Render<T>();
        page.FindAll(rows).ShouldNotBeEmpty();
        return [.. page.FindAll("button:not(.explain-mark), input[type=submit], a[href*='new=']").Select(Label).Where(label => !Harmless.Any(word => label.Contains(word, StringComparison.OrdinalIgnoreCase)))];
    }

    private static string Label(IElement button) => $"{button.GetAttribute("id")} {button.TextContent.Trim()} {button.GetAttribute("aria-label")}".Trim();
}
