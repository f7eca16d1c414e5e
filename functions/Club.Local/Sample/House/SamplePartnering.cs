using System.Globalization;
using System.Text.Json;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Spending;
using Club.Transactions;

namespace Club.Local.Sample;

/// <summary>Points are earned and spent with partners, and exchanged for theirs.</summary>
internal sealed class SamplePartnering(Accrue accrue, Redemptions redemptions, Exchanges exchanges, MemberLedger ledger,
    ProgrammeLibrary library, ClubCalendar calendar) : ISampleDesk
{
    private const double PerDay = 0.1, OfMembers = 0.0002;
    private const string Category = "partner";

    private int _bills;

    public async Task Work(SampleStaff staff)
    {
        for (var times = staff.Times(PerDay + staff.Options.Members * OfMembers); times > 0; times--)
        {
            if (await staff.Somebody() is not var (who, member)) return;
            var chance = staff.Random.Share();
            if (chance < 0.5) await Earn(staff, who, member);
            else if (staff.Options.Programme.Spending is not { } spending
                || !spending.Wallets.Any(one => one.At == GoodAt.Everywhere)) continue;
            else if (chance < 0.65) await Exchange(staff, member, ExchangeDirection.In, Points.Of(1000m));
            else if (await Has(staff, member) is { } wallet && chance < 0.8) await Exchange(staff, member, ExchangeDirection.Out, wallet);
            else if (await Has(staff, member) is { } points) await Spend(staff, member, spending, points);
        }
    }

    /// <summary>A purchase that the partner pays the points for, where the rule book says so.</summary>
    private async Task Earn(SampleStaff staff, SampleMember who, MemberId member)
    {
        if (!staff.Options.Programme.Earning.Any(rule =>
            rule.When.OfType<Condition.OneOf>().Any(one => one.Values.Contains(Category)))) return;
        var id = string.Create(CultureInfo.InvariantCulture, $"PB-{++_bills}");
        var amount = staff.Random.Between(50, 900);
        await staff.Act("Transactions", SampleStaff.Headquarters, member, id, async _ =>
        {
            var text = JsonSerializer.Serialize(new
            {
                specversion = "1.0", id, source = $"/partners/{SampleOpening.Bank}", type = "club.transaction.recorded",
                time = calendar.Now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), datacontenttype = "application/json",
                data = new { member = new { who.Phone }, channel = "partner", lines = new[] { new { lineId = "1", category = Category, amount } } },
            }, ClubJson.Options);
            var receipt = (await accrue.Handle([text], default))[0];
            return receipt.Problem is { } problem ? problem : (Outcome<Receipt>)receipt;
        });
    }

    private Task<Outcome<Store.Answered<ExchangeView>>> Exchange(SampleStaff staff, MemberId member, ExchangeDirection direction,
        Points points)
    {
        var request = new ExchangeRequest(SampleOpening.Bank, direction, points,
            string.Create(CultureInfo.InvariantCulture, $"EX-{++_bills}"), WalletOf(staff));
        return staff.Act("Exchange", SampleStaff.Headquarters, member, request.Reference, caller =>
            exchanges.Exchange(member, request, staff.Command(), caller, default));
    }

    private Task<Outcome<Store.Answered<RedemptionView>>> Spend(SampleStaff staff, MemberId member, Programmes.Spending spending,
        Points points)
    {
        var amount = Money.Of(points.Value * spending.PointValue * spending.PartnerFactor * 4);
        var request = new RedemptionRequest(WalletOf(staff), points, new SpentFor(SpentKind.Partner, amount, Partner: SampleOpening.Hotel,
            Reference: string.Create(CultureInfo.InvariantCulture, $"HT-{++_bills}")), Hold: false);
        return staff.Act("Redeem", SampleStaff.Headquarters, member, null, caller =>
            redemptions.Redeem(member, request, staff.Command(), caller, default));
    }

    /// <summary>What she can give up: half of what she has, in steps that can be spent; null: too little.</summary>
    private async Task<Points?> Has(SampleStaff staff, MemberId member)
    {
        var (rules, spending) = (await library.Now(default), staff.Options.Programme.Spending!);
        var available = (await ledger.Now(member, rules, default)).Available(WalletOf(staff), staff.Today);
        var steps = available.Hundredths / 2 / spending.Step.Hundredths;
        var points = new Points(Math.Min(steps, 100) * spending.Step.Hundredths);
        return points >= spending.Least && !points.IsZero ? points : null;
    }

    private static WalletCode WalletOf(SampleStaff staff) =>
        staff.Options.Programme.Spending!.Wallets.First(one => one.At == GoodAt.Everywhere).Wallet;
}
