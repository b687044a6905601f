using QuantDash.Core.Engine;
using QuantDash.Core.Orders;

namespace QuantDash.Web.Features.Positions;

/// <summary>How much an order may be of.</summary>
internal static class TicketRoom
{
    /// <summary>What the leg gives to a close or a lock.</summary>
    public static decimal Of(OrderPurpose purpose, LegView? leg) => (purpose switch
    {
        OrderPurpose.Close => leg?.ClosableVolume.Value,
        OrderPurpose.Lock => leg?.LockableVolume.Value,
        _ => null,
    }) ?? 0;

    /// <summary>What available funds pay for at the previewed price: margin of the full leg and fee, as the venue freezes them. Null without a price.</summary>
    public static decimal? ToOpen(OrderPreview preview)
    {
        var volume = preview.PlannedVolume.Value;
        if (preview.Request.Purpose != OrderPurpose.Open || volume == 0 || preview.Before.Available is not { } available || (preview.FreezeMargin + preview.FreezeFee) is not { } frozen || frozen <= 0) return null;
        var step = preview.Contract.VolumeStep;
        return Math.Max(0, Math.Floor(available / (frozen / volume) / step) * step);
    }
}
