using Club.Access;
using Club.Activities;
using Club.Care;
using Club.Kernel;
using Club.Messaging;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>An invitation goes to whoever can come, while there is something to come to, and no more often than anything else.</summary>
public sealed class InvitationCauseTests : IAsyncDisposable
{
    private static readonly DealerId Mine = new("D021"), Theirs = new("D022");
    private readonly ClubFixture _club = new("skoda");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task Nobody_is_invited_to_what_was_cancelled_in_the_night()
    {
        var member = await Join("13800138000", Mine);
        await Join("13900139000", Mine);
        await _club.Sweep(SmsSweep.Word);
        var before = _club.Sms.Sent.Count;
        _club.At(2026, 3, 2, 22);
        await _club.Open();
        await Send();
        Assert.Equal((2, 0), await Invited());
        await _club.Get<ActivityPlans>().Go(ActivityClub.Drive, new ActivityStep(ActivityState.Cancelled, "暴雨"), ActivityClub.Marketing, Cancellation);
        _club.At(2026, 3, 3, 10);
        for (var i = 0; i < 2; i++) await _club.Sweep(SmsSweep.Word);
        Assert.Equal(before, _club.Sms.Sent.Count);
        var record = (await _club.Store.Read<SmsRecord>(member, SmsRecord.IdOf("activity:spring-drive"), Cancellation))!.Value;
        Assert.Equal((SmsState.Suppressed, "over"), (record.State, record.Why));
        Assert.Equal((0, 2), await Invited());
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task Who_heard_as_much_as_the_rule_book_allows_is_not_invited()
    {
        // The welcome is heard too; two in thirty days are the most.
        var member = await Join("13800138000", Mine);
        await _club.Open();
        await Send();
        var plans = _club.Get<ActivityPlans>();
        await plans.Put("second", ActivityClub.Wanted(), null, ActivityClub.Marketing, Cancellation);
        await plans.Go("second", new ActivityStep(ActivityState.Open), ActivityClub.Marketing, Cancellation);
        await Send("second");
        var record = (await _club.Store.Read<SmsRecord>(member, SmsRecord.IdOf("activity:second"), Cancellation))!.Value;
        Assert.Equal((SmsState.Suppressed, CareMessages.TooOften), (record.State, record.Why));
        Assert.Equal((0, 1), (await _club.Get<ActivityReports>().Of("second", Caller.Operator, Cancellation))!.Value.Told.Report is var report
            ? (report.Invited, report.NotInvited) : default);
    }

    [Fact]
    public async Task To_a_dealer_s_activity_its_members_are_invited_whoever_invites()
    {
        await _club.Open(dealer: Mine);
        await Join("13800138000", Mine);
        var other = await Join("13900139000", Theirs);
        var invitees = _club.Get<Invitees>();
        Assert.Equal(1, (await invitees.Count(ActivityClub.Drive, new InviteeFilter(), ActivityClub.Marketing, Cancellation)).Value.Count);
        Assert.Equal(("invalid-data", "$.filter.dealerId"), (await invitees.Count(ActivityClub.Drive, new InviteeFilter(Theirs),
            ActivityClub.Marketing, Cancellation)).Problem is { } problem ? (problem.Code, problem.Path) : default);
        await Send();
        Assert.Null(await _club.Store.Read<SmsRecord>(other, SmsRecord.IdOf("activity:spring-drive"), Cancellation));
        Assert.Equal((1, 0), await Invited());
    }

    private async Task<(int, int)> Invited() => (await _club.Report()) is var report ? (report.Invited, report.NotInvited) : default;

    private async Task<MemberId> Join(string phone, DealerId dealer) =>
        (await _club.Register(phone, form => form with { DealerId = dealer, SmsConsent = true })).MemberId;

    private async Task Send(string activity = ActivityClub.Drive)
    {
        Assert.True((await _club.Get<Invitations>().Send(activity, new InvitationRequest(new InviteeFilter(), "{{ activity }}"),
            new Command(activity, "a"), ActivityClub.Marketing, Cancellation)).Succeeded);
        while (_club.Queue.Take() is { Count: > 0 } messages)
            foreach (var message in messages) await _club.Get<Work>().Handle(message, Cancellation);
    }
}
