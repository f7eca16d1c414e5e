using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Club.Edges.WeChat;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Microsoft.Extensions.Options;

namespace Club.Edges;

/// <summary>Links under which a member's card 会员卡 lies for a while, for WeChat and her phone, which have no key. What lies there is
/// looked up anew each time: of whoever is no longer a member there is none.</summary>
public sealed class CardLinks(IOptions<WeChatOptions> options, IdentityHasher hasher, Membership membership, ClubCalendar calendar)
{
    /// <summary>The answer stays in her chat; she asks for another by a word.</summary>
    private const int DaysGood = 7;

    private const string Purpose = "card-link";

    /// <summary>An article that shows her card; null where members' phones do not reach the club.</summary>
    public WeChatArticle? Article(MemberId member, string title, string text)
    {
        if (options.Value.PublicAddress is not { Length: > 0 } address) return null;
        var until = Day(calendar.Today.AddDays(DaysGood));
        var at = new Uri($"{address.TrimEnd('/')}/api/cards/{member}.{until}.{Proof(member, until)}/");
        return new WeChatArticle(title, text, new Uri(at, "card.png"), new Uri(at, "card.html"));
    }

    /// <returns>What lies under a link; null: it is none of the club's.</returns>
    public async Task<LinkedCard?> Open(string link, CancellationToken cancellation)
    {
        if (link.Split('.') is not [var id, var until, var proof]) return null;
        var member = new MemberId(id);
        var (right, told) = (Encoding.UTF8.GetBytes(Proof(member, until)), Encoding.UTF8.GetBytes(proof));
        if (!CryptographicOperations.FixedTimeEquals(right, told)) return null;
        if (string.CompareOrdinal(until, Day(calendar.Today)) < 0) return LinkedCard.Ended;
        return await membership.Find(member, cancellation) is { Status: not MemberStatus.Left } profile
            ? new LinkedCard(profile.CardNumber) : LinkedCard.Ended;
    }

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private string Proof(MemberId member, string until) => hasher.Key(Purpose, $"{member}.{until}");
}

/// <summary>What lies under a link to a card.</summary>
/// <param name="Number">Of the card; null when the link has ended, or she is no longer a member.</param>
public sealed record LinkedCard(string? Number)
{
    internal static readonly LinkedCard Ended = new((string?)null);
}
