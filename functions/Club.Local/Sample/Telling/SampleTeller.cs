using System.Text;
using Club.Access;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Spending;
using Club.Store;
using Club.Transactions;

namespace Club.Local.Sample;

/// <summary>Tells the club of one act, by the use case that hears of it in a running club.</summary>
internal sealed class SampleTeller(ProgrammeLibrary library, RegistrationReader reader, Register register, Accrue accrue, Claims claims,
    Quotes quotes, Redemptions redemptions, ClubCalendar calendar, SampleTally tally)
{
    public async Task Tell(SampleAct act, CancellationToken cancellation)
    {
        if (act is SampleAct.Redeems redeems) await Redeem(redeems, cancellation);
        else if (SampleTexts.Of(act, calendar.Zone) is var text && act is SampleAct.Follows or SampleAct.Registers)
            await Register(text, cancellation);
        else await Accrue(text, cancellation);
    }

    private async Task Register(string text, CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        var read = JsonFields.Parse(Encoding.UTF8.GetBytes(text), fields => reader.Read(fields, "website", rules));
        if (read.Problem is { } problem) tally.Refuse(text, problem);
        else if ((await register.Handle(read.Value, cancellation)).IsNew) tally.Registered();
    }

    private async Task Accrue(string text, CancellationToken cancellation)
    {
        var receipt = (await accrue.Handle([text], cancellation))[0];
        if (receipt.Fate is Fate.Rejected or Fate.Duplicate) tally.Refuse(text, receipt.Problem!);
        else tally.Told();
    }

    /// <summary>A bill beside those of the members' lives.</summary>
    public async Task<Outcome<Receipt>> Bill(SampleAct.Pays bill)
    {
        var receipt = (await accrue.Handle([SampleTexts.Of(bill, calendar.Zone)], default))[0];
        return receipt is { Fate: Fate.Rejected, Problem: { } problem } ? problem : receipt;
    }

    /// <summary>As a till does: it finds her by her phone, asks what can be paid with points, and takes what she wants.</summary>
    private async Task Redeem(SampleAct.Redeems act, CancellationToken cancellation)
    {
        var phone = PersonIdentity.Of(PhoneNumber.Parse(act.Member.Phone).Value);
        if ((await claims.Find(phone, cancellation)).Owner is not { } member) return;
        var amount = new Money(act.For.Lines.Sum(line => (long)line.Fen));
        var bill = new SpentFor(SpentKind.Bill, amount, act.For.Dealer, Reference: act.For.Id);
        var quoted = await quotes.Ask(member, new QuoteRequest(null, bill, null, 1), Caller.Operator, cancellation);
        if (quoted.Problem is { } wrong) tally.Refuse(act.For.Id, wrong);
        if (quoted is not { Succeeded: true, Value: { Affordable: true, Points: var span } }) return;
        var steps = (span.Most - span.Least).Hundredths / span.Step.Hundredths * act.Percent / 100;
        var points = span.Least + new Points(steps * span.Step.Hundredths);
        var taken = await redemptions.Redeem(member, new RedemptionRequest(null, points, bill, act.IsHeld),
            new Command($"sample-{act.For.Id}", ""), Caller.Operator, cancellation);
        if (taken is { Succeeded: true } && act.IsHeld && (await redemptions.Confirm(taken.Value.Answer.RedemptionId,
            new Command($"sample-{act.For.Id}-confirm", ""), Caller.Operator, cancellation)).Problem is { } unconfirmed)
            tally.Refuse(act.For.Id, unconfirmed);
        if (taken.Problem is { } problem) tally.Refuse(act.For.Id, problem);
        else tally.Redeemed();
    }
}
