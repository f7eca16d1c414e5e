using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Programmes;

namespace Club.Desk.Rooms.Rules;

/// <param name="Name">The club's.</param>
/// <param name="Lines">The latest publication first.</param>
public sealed record VersionsModel(string Name, IReadOnlyList<PublishedLine> Lines, string? InForce, Said? Done);

/// <summary>The versions that were published.</summary>
public sealed class VersionsPage(ProgrammeLibrary library, ClubCalendar calendar) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var lines = await library.Versions(cancellation);
        var inForce = lines.Count == 0 ? null : new ProgrammeCatalogue { Versions = lines }.On(calendar.Today).Version;
        return Reply.Of<VersionList>(new VersionsModel((await library.Now(cancellation)).Current.Name, lines, inForce,
            visit.Asked("done") == "published" ? RulesWords.Published : null), RulesWords.Rules);
    }
}

/// <param name="Version">Its name.</param>
public sealed record VersionModel(string Version, string Text);

/// <summary>One version, as it was published.</summary>
public sealed class VersionPage(ProgrammeLibrary library) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation) =>
        await library.Version(visit.Value("version"), cancellation) is { } programme
            ? Reply.Of<VersionText>(new VersionModel(visit.Value("version"), RuleText.Of(programme)),
                RulesWords.VersionOf.With(visit.Value("version")))
            : Reply.Nothing;
}
