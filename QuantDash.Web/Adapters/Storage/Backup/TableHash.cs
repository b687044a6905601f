using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace QuantDash.Web.Adapters.Storage.Backup;

/// <summary>Adds up rows into one hash: the sum, modulo 2^256 in four lanes, of each row's SHA-256. Databases order text differently, so the order must not count;
/// keys make rows distinct, so nothing cancels.</summary>
internal sealed class TableHash
{
    private readonly ulong[] _lanes = new ulong[4];

    public long Rows { get; private set; }

    public void Add(string row)
    {
        Rows++;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(row), hash);
        for (var i = 0; i < _lanes.Length; i++) _lanes[i] = unchecked(_lanes[i] + BinaryPrimitives.ReadUInt64BigEndian(hash[(8 * i)..]));
    }

    public override string ToString() => string.Concat(_lanes.Select(lane => lane.ToString("x16", System.Globalization.CultureInfo.InvariantCulture)));
}
