using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Keys;

/// <summary>Gives out keys of programs and takes them back, on record.</summary>
public sealed class KeyDesk(ApiKeyRing keys, SecurityNotes notes)
{
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken stop = default) => await keys.ListAsync(stop);

    /// <summary>The row and the key itself, which nobody will see again.</summary>
    public async Task<(ApiKey Row, string Key)> CreateAsync(string name, IReadOnlyList<string> scopes, CancellationToken stop = default)
    {
        Acting.Demand(Scopes.Admin);
        var made = await keys.CreateAsync(name, scopes, Acting.Now.Name, stop);
        await notes.WriteAsync("key.created", Acting.Now, made.Row.Id.ToString(), after: new { name = made.Row.Name, prefix = made.Row.Prefix, scopes = made.Row.Scopes });
        return made;
    }

    /// <summary>False when there is no such key.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken stop = default)
    {
        Acting.Demand(Scopes.Admin);
        if (!await keys.RevokeAsync(id, stop)) return false;
        await notes.WriteAsync("key.revoked", Acting.Now, id.ToString());
        return true;
    }

    /// <summary>Whether it opens everything: who makes or ends such a key shows first who it is.</summary>
    public static bool IsAdmin(IEnumerable<string> scopes) => scopes.Contains(Scopes.Admin);
}
