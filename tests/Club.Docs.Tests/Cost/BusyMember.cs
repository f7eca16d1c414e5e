using Club.Ledger;

namespace Club.Docs.Tests.Cost;

/// <summary>One member with so many bills on so many days, as a fleet may be, and what one more bill costs.</summary>
internal sealed record BusyMember(int Transactions, int Days, int AccountBytes, double RequestUnits)
{
    private const int Batch = 20;

    public static async Task<BusyMember> Live(int transactions, int days)
    {
        await using var club = new CostClub();
        await club.Join();
        var number = 0;
        for (var day = 1; day <= days; day++)
        {
            var until = (int)((long)transactions * day / days);
            while (number < until)
            {
                var first = number;
                number = Math.Min(until, number + Batch);
                await club.Send([.. Enumerable.Range(first, number - first).Select(bill => club.BillToday($"B-{bill}"))]);
            }
            if (day < days) club.PassDays(1);
        }
        club.Store.Take();
        await club.Send(club.BillToday("ONE-MORE"));
        var requests = club.Store.Take();
        return new BusyMember(transactions, days, (await club.Store.Read(club.MemberId, Account.Id))!.Json.Length, RuModel.Of(requests));
    }
}
