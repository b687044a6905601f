using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Orders;

public sealed class ClientOrderIdTests
{
    private static readonly AccountId Account = new(new("11111111-1111-4111-8111-111111111111"));
    private static readonly Guid Origin = new("22222222-2222-4222-8222-222222222222");

    /// <summary>What was decided once can never become two orders: every process gives it the same id.</summary>
    [Fact]
    public void SameDecision_HasTheSameIdForEver() =>
        ClientOrderId.For(Account, new(2026, 11, 20), Origin, 1).Value.ShouldBe(ClientOrderId.For(new(Account.Value), new(2026, 11, 20), new(Origin.ToString()), 1).Value);

    [Fact]
    public void AnotherAccountDayOriginOrChild_HasAnother() =>
        new[]
        {
            ClientOrderId.For(Account, new(2026, 11, 20), Origin, 1), ClientOrderId.For(Account, new(2026, 11, 20), Origin, 2), ClientOrderId.For(Account, new(2026, 11, 23), Origin, 1),
            ClientOrderId.For(Account, new(2026, 11, 20), Account.Value, 1), ClientOrderId.For(new(Origin), new(2026, 11, 20), Origin, 1),
        }.ShouldBeUnique();

    [Theory]
    [InlineData(1)]
    [InlineData(999_999)]
    public void Id_FitsEveryVenue(int child) => ClientOrderId.IsValid(ClientOrderId.For(Account, new(2026, 11, 20), Origin, child).Value).ShouldBeTrue();
}
