namespace QuantDash.Web.Security;

/// <summary>Slows guessing down: after <see cref="MostFailures"/> failures of one name, or <see cref="MostFailuresFromOneAddress"/> of one address,
/// no attempt is looked at for <see cref="Window"/>. Unknown names count like known ones, so the answer tells nothing about who exists.</summary>
public sealed class SignInThrottle(TimeProvider clock)
{
    public const int MostFailures = 10;
    public const int MostFailuresFromOneAddress = 30;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private const int MostEntries = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);

    public bool IsBlocked(string name, string address)
    {
        lock (_gate) return Count(NameKey(name)) >= MostFailures || Count(AddressKey(address)) >= MostFailuresFromOneAddress;
    }

    public void Failed(string name, string address)
    {
        lock (_gate)
        {
            if (_entries.Count >= MostEntries) Forget();
            Add(NameKey(name));
            Add(AddressKey(address));
        }
    }

    public void Succeeded(string name)
    {
        lock (_gate) _entries.Remove(NameKey(name));
    }

    private int Count(string key) => _entries.TryGetValue(key, out var entry) && clock.GetUtcNow() < entry.Until ? entry.Failures : 0;

    private void Add(string key) => _entries[key] = new(Count(key) + 1, clock.GetUtcNow() + Window);

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var key in _entries.Where(e => e.Value.Until <= now).Select(e => e.Key).ToList()) _entries.Remove(key);
        if (_entries.Count >= MostEntries) _entries.Remove(_entries.MinBy(e => e.Value.Until).Key);
    }

    private static string NameKey(string name) => "name " + (name.Length > 64 ? name[..64] : name);

    private static string AddressKey(string address) => "address " + address;

    private readonly record struct Entry(int Failures, DateTimeOffset Until);
}
