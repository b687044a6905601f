namespace QuantDash.Core.Locking;

/// <summary>Ids that follow from their origin's: recovering after a crash between fills grows the same lock, never a second one.</summary>
internal static class DerivedId
{
    /// <summary>The lock that a firing, or a command of a person, makes.</summary>
    public static Guid OfLock(Guid origin) => Of(origin, 1);

    public static Guid Of(Guid origin, byte kind)
    {
        Span<byte> bytes = stackalloc byte[16];
        origin.TryWriteBytes(bytes);
        bytes[15] ^= kind;
        return new(bytes);
    }
}
