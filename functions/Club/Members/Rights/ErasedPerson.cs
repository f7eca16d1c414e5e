using Club.Identity;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>What somebody is known by in one way.</summary>
public sealed record KnownAs(IdentityKind Kind, string Value);

/// <summary>Whom it is to be forgotten, by everything that leads to her.</summary>
/// <param name="Members">Herself, and whoever was merged into her.</param>
/// <param name="Texts">What names her in the text of somebody else, besides <paramref name="Identities"/>: plates, ids of other
/// systems.</param>
public sealed record ErasedPerson(IReadOnlyList<MemberId> Members, IReadOnlyList<KnownAs> Identities, IReadOnlyList<string> Texts)
{
    /// <summary>Shorter ones are in too many texts that are not about her.</summary>
    private const int LeastText = 5;

    /// <summary>What <see cref="IsIn"/> looks for, made once for however many texts.</summary>
    private string[]? _plain;

    public static ErasedPerson Of(Profile profile, IEnumerable<Profile> merged)
    {
        var known = new List<KnownAs>();
        foreach (var card in merged.Select(one => one.CardNumber).Prepend(profile.CardNumber).Where(card => card.Length > 0))
            known.Add(new KnownAs(IdentityKind.Card, card));
        foreach (var phone in (string?[])[profile.Phone, profile.DisputedPhone, .. profile.EarlierPhones,
            .. profile.LoosePhones.Select(loose => loose.Phone)])
            if (phone is not null) known.Add(new KnownAs(IdentityKind.Phone, phone));
        if (profile.UnionId is { } unionId) known.Add(new KnownAs(IdentityKind.UnionId, unionId));
        known.AddRange(profile.OpenIds.Select(openId => new KnownAs(IdentityKind.OpenId, openId)));
        known.AddRange(profile.Vehicles.Select(vehicle => vehicle.Vin).OfType<string>().Select(vin => new KnownAs(IdentityKind.Vin, vin)));
        return new ErasedPerson([profile.MemberId, .. profile.MergedFrom], [.. known.Distinct()],
            [.. profile.Vehicles.Select(vehicle => vehicle.Plate).OfType<string>(), .. profile.ExternalIds.Select(id => id.Id)]);
    }

    /// <summary>Takes documents of hers out for good, page by page; what another writer changes meanwhile comes again in the next
    /// page.</summary>
    /// <param name="own">Finds them in a member's partition; its limit is how many go at once.</param>
    /// <returns>How many went.</returns>
    public async Task<int> DeleteAll(IClubStore store, IndexQuery own, CancellationToken cancellation)
    {
        var deleted = 0;
        foreach (var member in Members)
            while ((await store.Find(own with { Partition = member }, cancellation)).Documents is { Count: > 0 } page)
                if (await store.Commit(member, [.. page.Select(one => new Write.Delete(one.Id, one.ETag))], cancellation)
                    is CommitResult.Written)
                    deleted += page.Count;
        return deleted;
    }

    public IEnumerable<PersonIdentity> Known() =>
        Identities.Select(one => PersonIdentity.Parse(one.Kind, one.Value)).Where(one => one.Succeeded).Select(one => one.Value);

    /// <summary>The same person, but for what is somebody else's now.</summary>
    public ErasedPerson Without(PersonIdentity passed) => this with
    {
        Identities = [.. Identities.Where(one => one.Kind != passed.Kind
            || !(PersonIdentity.Parse(one.Kind, one.Value) is { Succeeded: true, Value: var known } && known.Value == passed.Value))],
        _plain = null,
    };

    /// <summary>Why a text that stays, whatever becomes of the person, is not taken; null when it may stay.</summary>
    /// <param name="path">Where the text stands.</param>
    public static Problem? Unfit(Profile profile, string path, string? text) =>
        text is not null && Of(profile, []).Names(profile.Name, text) ? MustNotName(path) : null;

    public static Problem MustNotName(string path) => new("invalid-data", $"{path}: it stays, so it must not name the person.", path);

    /// <summary>Whether a text that stays names her, by her name too.</summary>
    public bool Names(string? name, string text) =>
        IsIn(text) || name is { Length: > 1 } && Plain(text).Contains(Plain(name), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text names her: a number however it is spaced, a vehicle, a card, an id.</summary>
    public bool IsIn(string text)
    {
        var (plain, known) = (Plain(text), _plain ??= [.. Known().Select(Written).Concat(Texts)
            .Concat(Members.Select(member => member.Value)).Select(Plain).Where(one => one.Length >= LeastText)]);
        return known.Any(one => plain.Contains(one, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>As others write it: a number without its country.</summary>
    private static string Written(PersonIdentity identity) =>
        identity.Kind == IdentityKind.Phone ? PhoneNumber.Parse(identity.Value).Value.National : identity.Value;

    private static string Plain(string text) =>
        string.Concat(FullWidth.Fold(text).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '.' or '(' or ')' or '·')));
}
