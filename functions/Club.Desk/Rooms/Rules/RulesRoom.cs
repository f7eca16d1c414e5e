using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Parts;
using Club.Desk.Words;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Desk.Rooms.Rules;

/// <summary>The rule book 方案: its versions, the draft, what it would give and would have given, and its publication.</summary>
public sealed class RulesRoom : Room
{
    public const string Address = "rules";

    /// <summary>A programme as it is typed: a character of Chinese takes nine bytes in a form.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    public override string Path => Address;
    public override Said Title => RulesWords.Rules;
    public override Right Right => Right.ReadRules;
    public override int Order => 30;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<VersionsPage>("", Right.ReadRules),
        Route.Page<VersionPage>("versions/{version}", Right.ReadRules),
        Route.Page<ChangesPage>("changes", Right.ReadRules),
        Route.Page<DraftPage>("draft", Right.ReadRules),
        Route.Form<SaveDraft>("draft", Right.ChangeRules) with { MostBytes = MostBytes },
        Route.Page<PublishPage>("publish", Right.ChangeRules),
        Route.Form<PublishDraft>("publish", Right.ChangeRules),
        Route.Page<PreviewPage>("preview", Right.TryRules),
        Route.Form<PriceBill>("preview", Right.TryRules),
        Route.Page<WhatIfPage>("what-if", Right.TryRules),
        Route.Form<PlayHistory>("what-if", Right.TryRules),
    ];

    public override void Add(IServiceCollection services) => services.AddTransient<RuleBooks>();

    public static IEnumerable<Tab> Tabs(Visit visit)
    {
        yield return At(RulesWords.Versions, "");
        yield return At(RulesWords.Draft, "draft");
        yield return At(RulesWords.Changes, "changes");
        if (visit.May(Right.TryRules))
        {
            yield return At(TrialWords.Preview, "preview");
            yield return At(TrialWords.WhatIf, "what-if");
        }
        if (visit.May(Right.ChangeRules)) yield return At(RulesWords.Publish, "publish");

        Tab At(Said title, string page)
        {
            var path = page.Length == 0 ? Address : $"{Address}/{page}";
            return new Tab(title, Visit.To(path, []), visit.Path == path || page.Length == 0 && visit.Path.StartsWith("rules/versions", StringComparison.Ordinal));
        }
    }
}
