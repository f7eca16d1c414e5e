using System.Text.Json;
using Club.Programmes;
using Club.Store;

namespace Club.Desk.Rooms.Rules;

/// <summary>The rule books that a page lets one choose from: published versions by name, and the draft.</summary>
public sealed class RuleBooks(ProgrammeLibrary library, ProgrammeDrafts drafts)
{
    /// <summary>The draft's name where one is chosen. No version can have it: none begins with a blank.</summary>
    public const string Draft = " draft";

    public async Task<IReadOnlyList<string>> Names(CancellationToken cancellation) =>
        [.. (await drafts.Find(cancellation) is null ? (string[])[] : [Draft]),
            .. (await library.Versions(cancellation)).Select(version => version.Version)];

    public async Task<Stored<ProgrammeDraft>?> FindDraft(CancellationToken cancellation) => await drafts.Find(cancellation);

    /// <summary>The text of one; null when there is none of that name.</summary>
    public async Task<JsonElement?> Text(string name, CancellationToken cancellation) =>
        name == Draft ? (await drafts.Find(cancellation))?.Value.Programme : await library.Version(name, cancellation);

    /// <summary>One to judge by. Null: there is none of that name, or it has errors.</summary>
    public async Task<Programme?> Find(string name, CancellationToken cancellation) =>
        await Text(name, cancellation) is { } text ? ProgrammeText.TryRead(text).Text?.Programme : null;
}
