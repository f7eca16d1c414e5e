using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Transactions;

/// <summary>Gathers what a booking needs. Whether a message was booked before is asked where the ledger met its entry, and where a budget
/// would promise points.</summary>
public sealed class BookingFactsReader(IClubStore store, Budgets budgets, IPlanBudgets dealers, MemberReturn comingBack,
    IEnumerable<IChecksBills> checks)
{
    public async ValueTask<BookingFacts> Gather(Journal journal, ReadOnlyMemory<Incoming.Recorded> messages, CancellationToken cancellation)
    {
        // Claims lead only to members, and a ledger with entries is proof enough; a member id may lead nowhere.
        var facts = new BookingFacts { MayBeNobody = journal.Account.Sequence == 0,
            Lapsed = await comingBack.Gather(journal, cancellation) };
        for (var i = 0; i < messages.Length; i++)
        {
            var message = messages.Span[i];
            if (journal.Met(message.EntryId)) await Look(facts, journal, message, cancellation);
            var asks = journal.ProgrammeOf(message.Transaction).AsksMember(message.Transaction).NeedsProfile;
            if (asks) facts.Asks(message.EntryId);
            if (facts.Profile is null && (asks || facts.MayBeNobody && message.Member.MemberId is not null))
                facts.Profile = (await store.Read<Profile>(journal.Account.MemberId, Profile.Id, cancellation))?.Value;
        }
        await Check(facts, journal, messages, cancellation);
        if (NeedsTrial(facts, journal, messages.Span)) await Try(facts, journal.Trial(), messages, cancellation);
        return facts;
    }

    private async ValueTask Check(BookingFacts facts, Journal journal, ReadOnlyMemory<Incoming.Recorded> messages,
        CancellationToken cancellation)
    {
        foreach (var one in checks)
            for (var i = 0; i < messages.Length; i++)
            {
                var message = messages.Span[i];
                if (!facts.IsSettled(message) && await one.Check(journal, message, cancellation) is { } bill)
                    facts.IsInDoubt(message.EntryId, bill);
            }
    }

    /// <summary>Whether it depends on the messages before one what must be known of it.</summary>
    private static bool NeedsTrial(BookingFacts facts, Journal journal, ReadOnlySpan<Incoming.Recorded> messages)
    {
        var needs = false;
        foreach (var message in messages)
        {
            var programme = journal.ProgrammeOf(message.Transaction);
            var isLate = CapHistory.IsAsked(programme, message.Transaction.On, journal.Today);
            if (isLate) facts.IsLate(message.EntryId);
            needs |= isLate || programme.MayDrawOnBudget(message.Transaction);
        }
        return needs;
    }

    /// <summary>Prices each message on top of the one before, as the decision will, and has budgets promise what they are asked
    /// for.</summary>
    private async Task Try(BookingFacts facts, Journal trial, ReadOnlyMemory<Incoming.Recorded> messages, CancellationToken cancellation)
    {
        var before = trial.Account;
        for (var i = 0; i < messages.Length; i++)
        {
            var message = messages.Span[i];
            if (facts.IsSettled(message) || facts.IsRefused(message)) continue;
            if (facts.History is null && facts.NeedsHistory(trial, message))
                facts.History = await store.Entries(before, cancellation);
            var priced = facts.Price(trial, message);
            if (AccrualRules.NeedsApproval(message.Transaction, priced, out _) is not null) continue;
            var (wanted, cost) = (BudgetRules.Wanted(priced), PlanBudgetRules.Cost(priced));
            // A promise to what is booked already would be for nothing.
            if ((wanted.Count > 0 || cost.Fen > 0) && await Look(facts, trial, message, cancellation)) continue;
            foreach (var (budget, points) in wanted)
            {
                var grant = await budgets.Promise(priced.Programme.Id, budget, message.EntryId, points, cancellation);
                facts.WasGranted(message.EntryId, budget, grant);
                priced = BudgetRules.Cut(priced, message.Transaction.On, budget, grant);
            }
            if (cost.Fen > 0) priced = await Pay(facts, priced, message, cost, cancellation);
            AccrualRules.Book(trial, facts.BillOf(message), message.ContentHash, priced);
        }
    }

    /// <summary>What the dealer's own plan gives is paid for out of the dealer's budget of the month.</summary>
    private async Task<Priced> Pay(BookingFacts facts, Priced priced, Incoming.Recorded message, Money cost,
        CancellationToken cancellation)
    {
        var bill = message.Transaction;
        var share = await dealers.Share(bill.DealerId!.Value, bill.On, message.EntryId, cost, cancellation);
        facts.WasPaid(message.EntryId, share);
        return PlanBudgetRules.Cut(priced, bill.On, share);
    }

    private async Task<bool> Look(BookingFacts facts, Journal trial, Incoming.Recorded message, CancellationToken cancellation)
    {
        if (await store.Read<Entry>(trial.Account.MemberId, message.EntryId, cancellation) is not { } entry) return false;
        facts.WasBooked(message.EntryId, entry.Value.ContentHash);
        return true;
    }

    public async ValueTask<FollowUpFacts> Gather(Journal journal, Incoming message, string originalEntryId, CancellationToken cancellation)
    {
        var member = journal.Account.MemberId;
        var booked = journal.Met(message.EntryId) ? await store.Read<Entry>(member, message.EntryId, cancellation) : null;
        var reversed = message is Incoming.Returned ? await store.Read<Reversed>(member, Reversed.IdOf(originalEntryId), cancellation)
            : null;
        return new FollowUpFacts(booked?.Value, await Originals(journal, originalEntryId, cancellation), reversed);
    }

    private async Task<List<Entry>> Originals(Journal journal, string entryId, CancellationToken cancellation)
    {
        var (memberId, originals) = (journal.Account.MemberId, new List<Entry>());
        if (await store.Read<Entry>(memberId, entryId, cancellation) is not { } first) return originals;
        originals.Add(first.Value);
        foreach (var wallet in (journal.ProgrammeNamed(first.Value.ProgrammeVersion) ?? journal.Programme).Wallets)
            if (wallet.Code != first.Value.Wallet && await store.Read<Entry>(memberId, $"{entryId}:{wallet.Code}", cancellation)
                is { } entry)
                originals.Add(entry.Value);
        return originals;
    }
}
