using System.Globalization;
using Club.Dealers;
using Club.Kernel;
using Club.Proof;
using Club.Settlement;

namespace Club.Local.Sample;

/// <summary>What comes with the months: dealers' budgets, a root over the ledger, the closing of what is to be settled.</summary>
internal sealed class SampleMonths(DealerBudgets budgets, RootMaker roots, Settlements settlements) : ISampleDesk
{
    private const int AskDay = 20, CloseDay = 6, Asking = 6, Undecided = 40;

    public async Task Work(SampleStaff staff)
    {
        if (staff.Today.Day == AskDay) await Ask(staff);
        if (staff.Today.Day == CloseDay) await Close(staff);
        if (staff.Today == staff.Options.Until) await roots.Make(default);
    }

    private async Task Ask(SampleStaff staff)
    {
        if (staff.Options.Programme.Dealers.Regions.Count == 0) return;
        var month = StatementMonth.Of(staff.Today.AddMonths(1)).ToString();
        var asked = new HashSet<DealerId>();
        for (var place = 0; place < Asking; place++)
        {
            var dealer = staff.Random.Of(staff.Random.Of(staff.Options.Regions).Dealers);
            var (amount, chance) = (Money.Of(staff.Random.Between(2, 20) * 500), staff.Random.Share());
            if (!asked.Add(dealer)) continue;
            var wanted = await staff.Act("AskDealerBudget", SampleStaff.Director(dealer), null, dealer.Value, caller =>
                budgets.Ask(dealer, month, new BudgetRequest(amount, "车友活动与回店礼"), caller, default));
            if (wanted.Problem is not null) continue;
            // What nobody has decided is of the last weeks.
            if (chance < 0.7 || chance >= 0.85 && !staff.IsOneOfTheLast(Undecided))
                staff.Later(3, () => staff.Act("ApproveDealerBudget", SampleStaff.Finance, null, dealer.Value, caller =>
                    budgets.Approve(dealer, month, null, caller, default)));
            else if (chance < 0.85)
                staff.Later(3, () => staff.Act("RefuseDealerBudget", SampleStaff.Finance, null, dealer.Value, caller =>
                    budgets.Refuse(dealer, month, "上月预算尚未用完", caller, default)));
        }
    }

    /// <summary>The month before, once what came late is in it.</summary>
    private async Task Close(SampleStaff staff)
    {
        var month = StatementMonth.Of(staff.Today.AddMonths(-1));
        if (month.First < staff.Options.From.AddDays(1 - staff.Options.From.Day)) return;
        await roots.Make(default);
        await staff.Act("CloseSettlement", SampleStaff.Finance, null, string.Create(CultureInfo.InvariantCulture, $"{month}"), caller =>
            settlements.Close(month, caller, default));
    }
}
