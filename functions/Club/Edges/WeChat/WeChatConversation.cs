using Club.Activities;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Microsoft.Extensions.Logging;

namespace Club.Edges.WeChat;

/// <summary>
/// What the club does about a message or event from WeChat, and what it answers. Repeats get the same answer and do nothing; what is signed
/// and cannot be used is answered as received, because anything else shows the user an outage and brings the same message three times
/// again.
/// </summary>
public sealed partial class WeChatConversation(
    WeChatCallback callback, Register register, Membership membership, MemberLedger ledger, ProgrammeLibrary library, Deliveries deliveries,
    IEnumerable<IAnswersInWeChat> words, CardLinks cards, TemplateReports reports, CheckIns checkIns, ClubCalendar calendar,
    ILogger<WeChatConversation> logger)
{
    private readonly IAnswersInWeChat[] _words = [.. words];

    private const string Channel = "wechat";

    public Outcome<string> Verify(WeChatQuery query) => callback.Echo(query);

    public async Task<Outcome<WeChatReply>> Handle(WeChatQuery query, ReadOnlyMemory<byte> body, CancellationToken cancellation = default)
    {
        var opened = callback.Open(query, body, out var isSigned);
        if (opened.Problem is { } problem)
        {
            if (!isSigned || problem.Code != "wechat-malformed") return problem;
            Log.Unusable(logger, problem.Path ?? "/", problem.Message);
            return WeChatReply.Success;
        }
        var message = opened.Value;
        var (text, about) = await Told(message, cancellation);
        if (text.Length == 0) return WeChatReply.Success;
        return about is { } member && Asked(message) is { ShowsCard: true }
            && cards.Article(member, (await library.Now(cancellation)).Current.Name, text) is { } card
            ? callback.Reply(message, card, calendar.Now) : callback.Reply(message, text, calendar.Now);
    }

    /// <summary>The answer, the same for each delivery of a message.</summary>
    private async Task<(string Text, MemberId? About)> Told(WeChatMessage message, CancellationToken cancellation)
    {
        // Near what somebody is would tell where she was: it is answered anew each time, and kept nowhere.
        if (message.MsgType == "location")
            return await Converse(await library.Now(cancellation), message, _words.FirstOrDefault(one => one.TakesLocation), cancellation);
        // Who is forgotten since is told nothing more.
        if (await deliveries.Find(Channel, message.DedupeKey, cancellation) is { } told) return (told.Answer ?? "", told.MemberId);
        var (text, about) = await Answer(await library.Now(cancellation), message, cancellation);
        await deliveries.Keep(Channel, message.DedupeKey, text, about, cancellation);
        return (text, about);
    }

    /// <returns>The text, empty for none, and of whom it tells.</returns>
    private async Task<(string Text, MemberId? About)> Answer(ProgrammeVersions rules, WeChatMessage message,
        CancellationToken cancellation)
    {
        if (!message.IsEvent)
            return message.MsgType == "text" ? await Converse(rules, message, Asked(message), cancellation) : ("", null);
        switch (message.Event)
        {
            case "subscribe":
                var joined = await Join(rules, message, message.Scene, cancellation);
                var entered = await CheckIn(message, joined, cancellation);
                return (Together(entered, await Welcome(rules, joined, cancellation)), joined.MemberId);
            case "SCAN":
                var scanned = await Join(rules, message, message.Scene, cancellation);
                return await CheckIn(message, scanned, cancellation) is { } told ? (told, scanned.MemberId) : ("", null);
            case "user_get_card":
                await Join(rules, message, WeChatScene.Parse(message.OuterStr), cancellation);
                return ("", null);
            case "submit_membercard_user_info":
                await Join(rules, message, WeChatScene.None, cancellation);
                return ("", null);
            case "CLICK":
                return await Converse(rules, message, Asked(message), cancellation);
            case "unsubscribe":
                await membership.LeaveWeChat(message.FromUser, ActedAt(message), cancellation);
                return ("", null);
            case "TEMPLATESENDJOBFINISH":
                await reports.Take(message, cancellation);
                return ("", null);
            default:
                return ("", null);
        }
    }

    private Task<Registered> Join(ProgrammeVersions rules, WeChatMessage message, WeChatScene scene, CancellationToken cancellation) =>
        register.Handle(new Registration
    {
        Source = "wechat",
        ActedAt = ActedAt(message),
        OpenId = message.FromUser,
        UnionId = PersonIdentity.UnionId(message.UnionId).Succeeded ? message.UnionId : null,
        DealerId = scene.DealerId is { } dealer && rules.Current.KnowsDealer(dealer) ? dealer : null,
        ReferrerCard = scene.ReferrerCard?.Value,
    }, cancellation);

    /// <summary>What became of somebody who scanned the code at the door of an activity; null: she scanned another.</summary>
    private async Task<string?> CheckIn(WeChatMessage message, Registered member, CancellationToken cancellation)
    {
        if (message.Scene.CheckInCode is not { } code || !IsHere(member)) return null;
        return await checkIns.ByCode(code, member.MemberId, ActedAt(message), cancellation) is var (activity, became)
            ? CheckInWords.Of(activity, became, calendar) : CheckInWords.Unknown;
    }

    private static string Together(string? first, string? second) => string.Join('\n', new[] { first, second }.OfType<string>());

    /// <summary>Deliveries overtake each other; a time to come, which a wrong clock tells, counts as now.</summary>
    private DateTimeOffset ActedAt(WeChatMessage message) => message.CreateTime < calendar.Now ? message.CreateTime : calendar.Now;

    /// <summary>Who has left since is not spoken to.</summary>
    private static bool IsHere(Registered member) => member.Status != Profile.StatusWord(MemberStatus.Left);

    private async Task<string?> Welcome(ProgrammeVersions rules, Registered member, CancellationToken cancellation)
    {
        if (!IsHere(member)) return null;
        if (rules.Current.Messages.WeChatWelcome is not { } template) return null;
        var account = await ledger.Now(member.MemberId, cancellation);
        var profile = await membership.Find(member.MemberId, cancellation);
        return template.TryRender(new Dictionary<string, object?>
        {
            ["name"] = profile?.Name,
            ["cardNumber"] = member.CardNumber,
            ["tierName"] = rules.Current.FindTier(account.Tier.Code)?.Name,
            ["points"] = account.Available(rules.Current.DefaultWallet.Code, calendar.Today),
            ["clubName"] = rules.Current.Name,
            ["dealerId"] = profile?.DealerId,
        });
    }

    /// <summary>
    /// A word that somebody answers, typed or tapped; anything else is told what can be asked. A text from somebody unknown makes a member:
    /// only followers can write, and whoever followed the account before the club was there never sends a subscribe.
    /// </summary>
    private async Task<(string Text, MemberId? About)> Converse(ProgrammeVersions rules, WeChatMessage message, IAnswersInWeChat? asked,
        CancellationToken cancellation)
    {
        var member = await Join(rules, message, WeChatScene.None, cancellation);
        if (!IsHere(member)) return ("", null);
        if (asked is null) return (Help(rules.Current), member.MemberId);
        var account = await ledger.Now(member.MemberId, rules, cancellation);
        return (await asked.Answer(new WeChatAsked(rules, member.MemberId, member.CardNumber, account, ActedAt(message), message.DedupeKey,
            WordOf(message), message.Location), cancellation), member.MemberId);
    }

    /// <summary>What answers the word that was typed or tapped.</summary>
    private IAnswersInWeChat? Asked(WeChatMessage message) =>
        WordOf(message) is { } word ? _words.FirstOrDefault(one => one.Takes(word)) : null;

    private static string? WordOf(WeChatMessage message) => (message.Event == "CLICK" ? message.EventKey : message.Content)?.Trim();

    private string Help(Programme programme) =>
        $"您好，这里是{programme.Name}。回复{string.Concat(_words.Where(one => one.Words.Count > 0).Select(one => $"“{one.Words[0]}”"))}即可查询或办理。";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A message that WeChat signed cannot be used ({Path}): {Reason}")]
        public static partial void Unusable(ILogger logger, string path, string reason);
    }
}
