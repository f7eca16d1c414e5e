using Club.Care;
using Club.Ledger;
using Club.Messaging;
using Club.Tiers;

namespace Club.Docs.Tests.Cost;

/// <summary>What one member's third year holds, lived through day by day: by then points lapse as fast as they are earned.</summary>
/// <param name="Transactions">How many bills.</param>
/// <param name="Expiries">Entries of lapsed points.</param>
/// <param name="TierReviews">Days on which the tier sweep had to look.</param>
/// <param name="CarePlans">Documents that the care sweep found due.</param>
/// <param name="Sms">Messages sent, and how many the operator counts.</param>
/// <param name="Bytes">Growth of all of the member's items.</param>
/// <param name="BytesAtFirst">What the member takes after joining: claims, profile, event, welcome.</param>
internal sealed record MemberYear(int Transactions, int Expiries, int TierReviews, int CarePlans, int Sms, int Segments, int Bytes,
    int Documents, int BytesAtFirst, int DocumentsAtFirst)
{
    private const int Years = 3, DaysBetween = 36;

    public static async Task<MemberYear> Live()
    {
        await using var club = new CostClub();
        await club.Join();
        var (bytesAtFirst, documentsAtFirst) = Size(club);
        var bills = 0;
        var year = (Transactions: 0, Tiers: 0, Care: 0);
        var start = (Sms: 0, Segments: 0, Expiries: 0, Bytes: 0, Documents: 0);
        for (var day = 0; day < Years * 365; day++)
        {
            if (day == (Years - 1) * 365)
            {
                start = await State(club);
                year = default;
            }
            if (day % DaysBetween == 0)
            {
                await club.Send(club.BillToday($"B-{bills++}"));
                year.Transactions++;
            }
            year.Tiers += await Found(club, TierSweep.Word);
            year.Care += await Found(club, CareSweep.Word);
            await club.Sweep(PointsSweep.Word, SmsSweep.Word);
            club.PassDays(1);
        }
        var end = await State(club);
        return new MemberYear(
            year.Transactions, end.Expiries - start.Expiries, year.Tiers, year.Care, end.Sms - start.Sms, end.Segments - start.Segments,
            end.Bytes - start.Bytes, end.Documents - start.Documents, bytesAtFirst, documentsAtFirst);
    }

    private static async Task<int> Found(CostClub club, string sweep)
    {
        club.Store.Take();
        await club.Sweep(sweep);
        return club.Store.Take().OfType<Request.Find>().Sum(find => find.Bytes.Count);
    }

    private static async Task<(int Sms, int Segments, int Expiries, int Bytes, int Documents)> State(CostClub club)
    {
        var sent = (await club.Messages()).Where(message => message.State == SmsState.Sent).ToArray();
        var entries = await club.Entries();
        var (bytes, documents) = Size(club);
        return (sent.Length, sent.Sum(message => message.Segments), entries.Count(entry => entry.Kind == EntryKind.Expiry), bytes,
            documents);
    }

    /// <summary>Without the webhook's answer, which is forgotten after two weeks.</summary>
    private static (int Bytes, int Documents) Size(CostClub club)
    {
        var kept = club.Store.Sizes.Where(type => type.Key != "delivered").SelectMany(type => type).ToArray();
        return (kept.Sum(), kept.Length);
    }
}
