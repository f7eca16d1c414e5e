using System.Text.Json;

namespace Club.Programmes;

/// <summary>
/// What distinguishes two programmes. It walks the JSON and knows no member by itself, so that what is added to the format is compared,
/// too: items with a code of their own are matched by it, wherever they stand; lists of words by what comes and goes; everything else by
/// its place.
/// </summary>
public static class ProgrammeDiff
{
    /// <summary>Tells editors where the schema is, and the club nothing.</summary>
    internal const string Schema = "$schema";

    /// <summary>What may identify an item of a list; the first that is there and unique on both sides does.</summary>
    private static readonly string[][] Keys =
        [["id"], ["code"], ["occasion"], ["occasion", "daysBefore"], ["funder"], ["month"], ["wallet", "per"], ["per"], ["from"],
            ["margin"], ["tier"], ["cell"]];

    /// <summary>Empty exactly when the two say the same.</summary>
    public static IReadOnlyList<ProgrammeChange> Compare(JsonElement before, JsonElement after)
    {
        var changes = new List<ProgrammeChange>();
        Members(DiffPlace.Root, before, after, changes);
        return changes;
    }

    private static void Visit(DiffPlace place, JsonElement? before, JsonElement? after, List<ProgrammeChange> changes)
    {
        if (before is not { } old) changes.Add(place.Added(after!.Value));
        else if (after is not { } now) changes.Add(place.Removed(old));
        else if (old.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object) Members(place, old, now, changes);
        else if (old.ValueKind == JsonValueKind.Array && now.ValueKind == JsonValueKind.Array)
            Items(place, [.. old.EnumerateArray()], [.. now.EnumerateArray()], changes);
        else if (!JsonElement.DeepEquals(old, now)) changes.Add(place.Changed(old, now));
    }

    private static void Members(DiffPlace place, JsonElement before, JsonElement after, List<ProgrammeChange> changes)
    {
        var (old, now) = (MembersOf(before), MembersOf(after));
        foreach (var name in now.Keys.Concat(old.Keys.Where(name => !now.ContainsKey(name))))
        {
            if (place.IsRoot && name == Schema) continue;
            Visit(place.Member(name), Value(old, name), Value(now, name), changes);
        }
    }

    private static void Items(DiffPlace place, List<JsonElement> before, List<JsonElement> after, List<ProgrammeChange> changes)
    {
        if (before.Concat(after).All(IsScalar)) Words(place, before, after, changes);
        else if (KeyOf(before, after) is { } key) Keyed(place, Named(before, key), Named(after, key), changes);
        else
            for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
                Visit(place.Position(i), i < before.Count ? before[i] : null, i < after.Count ? after[i] : null, changes);
    }

    private static void Keyed(DiffPlace place, List<(string Name, JsonElement Item)> before, List<(string Name, JsonElement Item)> after,
        List<ProgrammeChange> changes)
    {
        for (var i = 0; i < after.Count; i++)
        {
            var (name, item) = after[i];
            var old = before.FindIndex(candidate => candidate.Name == name);
            Visit(place.Item(name, i), old < 0 ? null : before[old].Item, item, changes);
        }
        for (var i = 0; i < before.Count; i++)
            if (!after.Exists(candidate => candidate.Name == before[i].Name))
                Visit(place.Item(before[i].Name, i), before[i].Item, null, changes);
        var was = before.Select(item => item.Name).Where(name => after.Exists(candidate => candidate.Name == name)).ToList();
        var isNow = after.Select(item => item.Name).Where(was.Contains).ToList();
        if (!was.SequenceEqual(isNow)) changes.Add(place.Moved(was, isNow));
    }

    private static void Words(DiffPlace place, List<JsonElement> before, List<JsonElement> after, List<ProgrammeChange> changes)
    {
        var added = after.Where(item => !before.Exists(other => JsonElement.DeepEquals(item, other))).ToList();
        var removed = before.Where(item => !after.Exists(other => JsonElement.DeepEquals(item, other))).ToList();
        if (added.Count + removed.Count > 0) changes.Add(place.Words(added, removed));
        else if (before.Count != after.Count || !before.Zip(after).All(pair => JsonElement.DeepEquals(pair.First, pair.Second)))
            changes.Add(place.Moved([.. before.Select(ProgrammeWords.Plain)], [.. after.Select(ProgrammeWords.Plain)]));
    }

    private static string[]? KeyOf(List<JsonElement> before, List<JsonElement> after)
    {
        if (!before.Concat(after).All(item => item.ValueKind == JsonValueKind.Object)) return null;
        return Array.Find(Keys, key => IsUnique(before, key) && IsUnique(after, key));
    }

    private static bool IsUnique(List<JsonElement> items, string[] key) =>
        items.All(item => item.TryGetProperty(key[^1], out _) || (key.Length > 1 && item.TryGetProperty(key[0], out _)))
        && items.Select(item => NameOf(item, key)).Distinct(StringComparer.Ordinal).Count() == items.Count;

    private static List<(string Name, JsonElement Item)> Named(List<JsonElement> items, string[] key) =>
        [.. items.Select(item => (NameOf(item, key), item))];

    private static string NameOf(JsonElement item, string[] key) =>
        string.Join(' ', key.Where(member => item.TryGetProperty(member, out _)).Select(member =>
            ProgrammeWords.Plain(item.GetProperty(member))));

    private static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    // Of a member that is there twice, which is an error in a draft, the last counts.
    private static Dictionary<string, JsonElement> MembersOf(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject()) members[member.Name] = member.Value;
        return members;
    }

    private static JsonElement? Value(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) ? value : null;
}
