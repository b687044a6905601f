using System.Security.Cryptography;
using System.Text;

namespace QuantDash.Core.Positions;

/// <summary>Ids of lots follow from what made them: booking the same trade again can never make a second lot.</summary>
public static class LotIds
{
    public static Guid From(string origin) => new(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, 16));
}
