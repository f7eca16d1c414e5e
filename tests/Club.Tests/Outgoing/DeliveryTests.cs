using System.Text;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Members;
using Club.Outgoing;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Outgoing;

/// <summary>Who listens is told of everything, signed, in order per member, at least once, whatever goes wrong.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task Who_listens_is_told_in_order_what_happens_to_a_member_and_of_nothing_before()
    {
        await using var all = await Listening.Start();
        var (club, receiver) = (all.Club, all.Receiver);
        await all.Deliver();
        Assert.Empty(receiver.Came);

        var member = (await club.Register()).MemberId;
        club.Clock.Advance(TimeSpan.FromMinutes(1));
        await club.Send(Events.Bill(), Events.Return());
        await all.Deliver();

        Assert.Empty(receiver.Wrong);
        Assert.Equal([EventTypes.Registered, EventTypes.Accrued], receiver.Came.Where(one => one.Type is not EventTypes.TierChanged).Take(2)
            .Select(one => one.Type));
        Assert.Contains(receiver.Came, one => one.Type == EventTypes.Reversed);
        Assert.All(receiver.Came, one => Assert.Equal(member.Value, one.Member));
        var accrued = receiver.Came.First(one => one.Type == EventTypes.Accrued).Body;
        var entry = (await club.Entries(member))[^1];
        Assert.Equal((entry.Id, entry.Points.Value, entry.Balance.Value, 1m), ((string?)accrued["data"]!["entryId"],
            (decimal)accrued["data"]!["points"]!, (decimal)accrued["data"]!["balance"]!, (decimal)accrued["data"]!["sequence"]!));
        Assert.Equal(("1.0", "/club", "application/json"), ((string?)accrued["specversion"], (string?)accrued["source"],
            (string?)accrued["datacontenttype"]));
        Assert.DoesNotContain("13800138000", string.Concat(receiver.Came.Select(one => one.Body.ToJsonString())), StringComparison.Ordinal);

        var count = receiver.Came.Count;
        await all.Deliver();
        Assert.Equal(count, receiver.Came.Count);
        var deliveries = await all.Deliveries();
        Assert.Equal(receiver.Came.Select(one => one.Id).Reverse(), deliveries.Select(one => one.EventId));
        Assert.All(deliveries, one => Assert.Equal((DeliveryState.Taken, 200, 1), (one.State, one.Status!.Value, one.Attempt)));
        Assert.Equal([], await club.Verify());
    }

    /// <summary>Whatever was written with it: nobody hears of a change to somebody unheard of.</summary>
    [Fact]
    public async Task That_a_member_joined_is_told_first()
    {
        await using var all = await Listening.Start();
        for (var i = 0; i < 20; i++)
        {
            await all.Club.Register($"138001380{i:00}", with => with with { SmsConsent = true });
            all.Club.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        await all.Deliver();
        Assert.Contains(all.Receiver.Came, one => one.Type == EventTypes.Changed);
        Assert.All(all.Receiver.Came.GroupBy(one => one.Member), of => Assert.Equal(EventTypes.Registered, of.First().Type));
    }

    [Fact]
    public async Task Events_go_out_by_themselves_a_moment_after_they_happened()
    {
        await using var all = await Listening.Start();
        all.Club.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var message in all.Club.Queue.Take()) await all.Club.Get<Work>().Handle(message);
        await all.Club.Register();
        all.Club.Clock.Advance(TimeSpan.FromMilliseconds(100));
        foreach (var message in all.Club.Queue.Take()) await all.Club.Get<Work>().Handle(message);
        Assert.Contains(all.Receiver.Came, one => one.Type == EventTypes.Registered);
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_told()
    {
        await using var all = await Listening.Start(types: ["club.points.*", EventTypes.TierChanged]);
        await all.Club.Register();
        await all.Club.Send(Events.Bill());
        await all.Deliver();
        Assert.NotEmpty(all.Receiver.Came);
        Assert.All(all.Receiver.Came, one => Assert.True(one.Type == EventTypes.TierChanged || one.Type.StartsWith("club.points.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_again_later_with_what_follows_of_the_member_behind_it_and_nobody_else_waits()
    {
        await using var all = await Listening.Start();
        var (stuck, free) = (Listening.Member(1), Listening.Member(2));
        var refuse = true;
        all.Receiver.Answer = one => refuse && one.Member == stuck.Value ? 500 : 200;
        for (var i = 0; i < 3; i++)
        {
            await all.Happen(stuck, i);
            await all.Happen(free, i);
        }
        await all.Deliver();
        Assert.Equal(3, all.Receiver.Taken.Count(one => one.Member == free.Value));
        Assert.Single(all.Receiver.Came, one => one.Member == stuck.Value);
        var waiting = Assert.Single(await all.Deliveries(DeliveryState.Waiting));
        Assert.Equal((stuck, 500, 1, 2), (waiting.MemberId, waiting.Status!.Value, waiting.Attempt, waiting.Behind!.Value));

        await all.Happen(stuck, 3);
        await all.Deliver();
        Assert.Single(all.Receiver.Came, one => one.Member == stuck.Value);
        all.Club.Clock.Advance(TimeSpan.FromSeconds(6.5));
        await all.Deliver();
        Assert.Equal(2, all.Receiver.Came.Count(one => one.Member == stuck.Value));

        refuse = false;
        all.Club.Clock.Advance(TimeSpan.FromSeconds(40));
        await all.Deliver();
        Assert.Equal(["test:0", "test:1", "test:2", "test:3"], all.Receiver.Taken.Where(one => one.Member == stuck.Value)
            .Select(one => (string?)one.Body["data"]!["occasion"]));
        Assert.Empty(await all.Deliveries(DeliveryState.Waiting));
        Assert.Equal(2, (await all.Deliveries(DeliveryState.Failed)).Count);
        Assert.Null((await all.Subscription()).FailingSince);
    }

    [Fact]
    public async Task A_receiver_that_is_down_has_a_rest_and_is_told_everything_when_it_is_back()
    {
        await using var all = await Listening.Start();
        all.Receiver.Answer = _ => 503;
        for (var i = 0; i < 300; i++) await all.Happen(Listening.Member(i), i);
        await all.Deliver();
        Assert.InRange(all.Receiver.Came.Count, DeliveryRules.Rest, DeliveryRules.Rest + 40);
        Assert.NotNull((await all.Subscription()).PausedUntil);
        var before = all.Receiver.Came.Count;
        await all.Deliver();
        Assert.Equal(before, all.Receiver.Came.Count);
        all.Club.Clock.Advance(TimeSpan.FromSeconds(6));
        await all.Deliver();
        Assert.InRange(all.Receiver.Came.Count, before + 1, before + 1);

        all.Receiver.Answer = _ => 200;
        for (var i = 0; i < 3; i++)
        {
            all.Club.Clock.Advance(TimeSpan.FromMinutes(3));
            await all.Deliver();
        }
        Assert.Equal(300, all.Receiver.Taken.Select(one => one.Id).Distinct().Count());
        Assert.Equal(300, all.Receiver.Taken.Count);
    }

    [Fact]
    public async Task A_receiver_may_ask_for_a_rest()
    {
        await using var all = await Listening.Start();
        all.Receiver.Headers["Retry-After"] = "600";
        all.Receiver.Answer = _ => 429;
        await all.Happen(Listening.Member(1), 1);
        await all.Deliver();
        Assert.Equal(all.Club.Clock.GetUtcNow().AddMinutes(10), (await all.Subscription()).PausedUntil);
    }

    [Fact]
    public async Task Who_is_gone_is_told_no_more_until_staff_say_so()
    {
        await using var all = await Listening.Start();
        all.Receiver.Answer = _ => 410;
        await all.Happen(Listening.Member(1), 1);
        await all.Deliver();
        var view = await all.Subscription();
        Assert.Equal((SubscriptionState.Disabled, DisabledWhy.Gone), (view.State, view.Why!.Value));
        var today = await all.Club.Get<TodayDesk>().Tell(null, Caller.Operator, default);
        Assert.Equal(Listening.Id, Assert.Single(today.Sections.Single(section => section.Name == "subscriptions").Items).Id);

        all.Receiver.Answer = _ => 200;
        await all.Happen(Listening.Member(1), 2);
        all.Club.Clock.Advance(TimeSpan.FromDays(1));
        await all.Deliver();
        Assert.Empty(all.Receiver.Taken);
        await all.Book.Enable(Listening.Id, Caller.Operator, default);
        await all.Deliver();
        Assert.Equal(["test:1", "test:2"], all.Receiver.Taken.Select(one => (string?)one.Body["data"]!["occasion"]));
    }

    [Fact]
    public async Task After_three_days_of_failure_a_subscription_is_disabled()
    {
        await using var all = await Listening.Start();
        all.Receiver.Answer = _ => 500;
        for (var i = 0; i < 100; i++) await all.Happen(Listening.Member(i), i);
        await all.Deliver();
        for (var hours = 0; hours < 71; hours++)
        {
            all.Club.Clock.Advance(TimeSpan.FromHours(1));
            await all.Deliver();
        }
        Assert.Equal(SubscriptionState.Enabled, (await all.Subscription()).State);
        all.Club.Clock.Advance(TimeSpan.FromHours(2));
        await all.Deliver();
        var view = await all.Subscription();
        Assert.Equal((SubscriptionState.Disabled, DisabledWhy.Failing), (view.State, view.Why!.Value));
    }

    [Fact]
    public async Task What_is_never_taken_is_given_up_after_72_hours_and_may_be_sent_again()
    {
        await using var all = await Listening.Start();
        var poisoned = true;
        all.Receiver.Answer = one => poisoned && (string?)one.Body["data"]!["occasion"] == "test:1" ? 400 : 200;
        await all.Happen(Listening.Member(1), 1);
        await all.Happen(Listening.Member(1), 2);
        await all.Deliver();
        for (var hours = 0; hours < 75; hours++)
        {
            await all.Happen(Listening.Member(2), 100 + hours);
            all.Club.Clock.Advance(TimeSpan.FromHours(1));
            await all.Deliver();
        }
        var dead = Assert.Single(await all.Deliveries(DeliveryState.Dead));
        Assert.Equal((EventTypes.SmsSent, 400), (dead.Type, dead.Status!.Value));
        Assert.InRange(dead.Attempt, 10, 20);
        Assert.Equal("test:2", (string?)all.Receiver.Taken.Single(one => one.Member == Listening.Member(1).Value).Body["data"]!["occasion"]);

        poisoned = false;
        Assert.Equal(DeliveryState.Waiting, (await all.Desk.Resend(Listening.Id, dead.EventId, default)).Value.State);
        Assert.Equal("not-found", (await all.Desk.Resend(Listening.Id, dead.EventId, default)).Problem!.Code);
        await all.Deliver();
        Assert.Equal(dead.EventId, all.Receiver.Taken[^1].Id);
        Assert.Empty(await all.Deliveries(DeliveryState.Dead));
    }

    [Fact]
    public async Task A_dead_letter_goes_after_thirty_days()
    {
        await using var all = await Listening.Start();
        all.Receiver.Answer = one => one.Member == Listening.Member(1).Value ? 400 : 200;
        await all.Happen(Listening.Member(1), 1);
        for (var hours = 0; hours < 75; hours++)
        {
            await all.Happen(Listening.Member(2), 100 + hours);
            await all.Deliver();
            all.Club.Clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.Single(await all.Deliveries(DeliveryState.Dead));
        all.Club.Clock.Advance(TimeSpan.FromDays(31));
        await all.Club.Sweep("forget");
        Assert.Empty(await all.Deliveries(DeliveryState.Dead));
    }

    [Fact]
    public async Task What_was_recorded_since_a_moment_is_sent_again()
    {
        await using var all = await Listening.Start();
        for (var i = 0; i < 5; i++)
        {
            await all.Happen(Listening.Member(1), i);
            all.Club.Clock.Advance(TimeSpan.FromHours(2));
            await all.Deliver();
        }
        var from = all.Club.Clock.GetUtcNow().AddHours(-5);
        Assert.Equal("invalid-data", (await all.Desk.Replay(Listening.Id, from.AddDays(1), default)).Problem!.Code);
        Assert.Equal(from, (await all.Desk.Replay(Listening.Id, from, default)).Value.Replaying);
        await all.Happen(Listening.Member(1), 5);
        await all.Deliver();
        Assert.Equal([0, 1, 2, 3, 4, 3, 4, 5], all.Receiver.Came.Select(one => int.Parse(((string)one.Body["data"]!["occasion"]!)[5..],
            System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Null((await all.Subscription()).Replaying);

        await all.Desk.Replay(Listening.Id, DateTimeOffset.UnixEpoch, default);
        await all.Desk.Replay(Listening.Id, from, default);
        await all.Deliver();
        Assert.Equal(14, all.Receiver.Came.Count);
    }

    [Fact]
    public async Task A_new_subscription_may_be_told_what_was_before_it()
    {
        await using var all = await Listening.Start();
        await all.Happen(Listening.Member(1), 1);
        await all.Deliver();
        all.Club.Clock.Advance(TimeSpan.FromHours(2));
        await all.Deliver();
        all.Club.Clock.Advance(TimeSpan.FromHours(2));
        Assert.True((await all.Book.Put("erp", new SubscriptionRequest(all.Receiver.Address, ["club.sms.*"]), Caller.Operator, default)).Value.IsNew);
        all.Receiver.Secrets = [];
        await all.Deliver();
        Assert.Single(all.Receiver.Came);
        await all.Desk.Replay("erp", all.Club.Clock.GetUtcNow().AddHours(-5), default);
        await all.Deliver();
        Assert.Equal(2, all.Receiver.Came.Count(one => one.Id == all.Receiver.Came[0].Id));
        Assert.Empty((await all.Desk.List("erp", DeliveryState.Failed, 10, null, default))!.Value.Items);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var all = await Listening.Start();
        all.Receiver.Headers["Location"] = all.Receiver.Address;
        all.Receiver.Answer = _ => 307;
        await all.Happen(Listening.Member(1), 1);
        await all.Deliver();
        Assert.Single(all.Receiver.Came);
        Assert.Equal(307, Assert.Single(await all.Deliveries()).Status);
    }

    [Fact]
    public async Task Neither_the_secret_nor_the_address_can_be_read_in_the_database()
    {
        await using var all = await Listening.Start();
        await all.Happen(Listening.Member(1), 1);
        await all.Deliver();
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await all.Club.Raw.Changes(page?.Bookmark);
            foreach (var text in page.Documents.Select(document => Encoding.UTF8.GetString(document.Json.Span)))
            {
                Assert.DoesNotContain(all.Secret[6..], text, StringComparison.Ordinal);
                Assert.DoesNotContain("not-for-logs", text, StringComparison.Ordinal);
            }
        }
        Assert.Null((await all.Subscription()).Secret);
    }

    [Fact]
    public async Task A_test_goes_out_at_once()
    {
        await using var all = await Listening.Start();
        var tested = (await all.Desk.Test(Listening.Id, default)).Value;
        Assert.Equal((true, 200), (tested.Taken, tested.Status!.Value));
        Assert.Equal((EventTypes.Test, tested.EventId), (all.Receiver.Came[0].Type, all.Receiver.Came[0].Id));
        Assert.Equal(JsonValue.Create(Listening.Id).ToJsonString(), all.Receiver.Came[0].Body["data"]!["subscription"]!.ToJsonString());
        Assert.Empty(all.Receiver.Wrong);
    }
}
