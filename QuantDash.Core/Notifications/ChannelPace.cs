namespace QuantDash.Core.Notifications;

/// <summary>How many messages a channel may be sent: so many at once, and then so many a minute. Their sum keeps the receiver's limit in every minute.</summary>
/// <param name="AtOnce">After a rest.</param>
/// <param name="PerMinute">From then on.</param>
public readonly record struct ChannelLimit(int AtOnce, int PerMinute)
{
    /// <summary>DingTalk and WeCom robots take 20 a minute, and DingTalk shuts its door for ten minutes on more; Feishu 100 a minute and 5 a second; ntfy 60, then one every five seconds.</summary>
    public static ChannelLimit Of(ChannelKind kind) => kind switch
    {
        ChannelKind.Dingtalk or ChannelKind.Wecom => new(8, 12),
        ChannelKind.Feishu => new(4, 48),
        ChannelKind.Ntfy => new(48, 12),
        ChannelKind.Email => new(10, 10),
        _ => new(60, 60),
    };
}

/// <summary>What a channel may still be sent, as time passes.</summary>
public sealed class ChannelPace(ChannelLimit limit)
{
    private double _left = limit.AtOnce;
    private DateTimeOffset? _at;

    /// <summary>How many may go out now.</summary>
    public int Left(DateTimeOffset now)
    {
        if (_at is { } before && now > before) _left = Math.Min(limit.AtOnce, _left + ((now - before).TotalMinutes * limit.PerMinute));
        if (_at is null || now > _at) _at = now;
        return (int)(_left + 1e-9);
    }

    /// <summary>False, and nothing changes, when none may go out now.</summary>
    public bool Take(DateTimeOffset now)
    {
        if (Left(now) == 0) return false;
        _left--;
        return true;
    }
}
