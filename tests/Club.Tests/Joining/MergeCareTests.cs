using Club.Care;
using Club.Identity;
using Club.Joining;
using Club.Members;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Joining;

/// <summary>What is said to somebody who is becoming one with another member just then.</summary>
public sealed class MergeCareTests
{
    private static readonly PhoneNumber Phone = PhoneNumber.Parse("13800138000").Value;

    /// <summary>A form gives a follower a phone while two forms from both sides say that she and another follower are one; hosts die at any
    /// write, timers run at any time.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_occasion_is_spoken_of_once_however_a_merge_is_broken_off(bool unanswered)
    {
        for (var first = 0; ; first++)
        {
            var crashes = 0;
            for (var second = first % 3; second < 16; second += Thorough.IsAll ? 3 : 6)
            {
                var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
                await using var club = new ClubFixture(store: store);
                await Follow(club, "U1", "O2");
                await Follow(club, "U2", "O1");
                Func<Task>[] forms = [() => Fill(club), () => Follow(club, "U1", "O1"), () => Follow(club, "U2", "O2")];
                if (await Crashes(store, first, () => Fill(club))) crashes++;
                await Timers(club);
                await Crashes(store, second, () => Follow(club, "U1", "O1"));
                await Timers(club);
                foreach (var form in forms)
                {
                    await form();
                    await Timers(club);
                }
                await club.Sweep(FinishSweep.Word);
                for (var i = 0; i < 3; i++) await Timers(club);

                Assert.Equal([1, 1], club.Sms.Sent.GroupBy(message => message.Text).Select(same => same.Count()));
                Assert.Empty(await club.Verify());
            }
            if (crashes == 0) return;
        }
    }

    /// <summary>While one host does one thing, another does others between any two of its calls to the store.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_occasion_is_spoken_of_once_whatever_comes_between(int plan)
    {
        for (var first = 1; ; first++)
        {
            var reached = false;
            for (var second = first + 1 + first % 3; ; second += (plan == 0 ? 13 : 37) * (Thorough.IsAll ? 1 : 7))
            {
                var store = new InterruptedStore(new MemoryStore());
                await using var club = new ClubFixture(store: store.Inner);
                await using var slow = new ClubFixture(store: store);
                await Follow(club, "U1", "O2");
                await Follow(club, "U2", "O1");
                Func<Task> merge = () => Follow(club, "U1", "O1"), fill = () => Fill(club), timers = () => Timers(club);
                (Func<Task> Flow, Func<Task> Early, Func<Task> Late) plot = plan switch
                {
                    0 => (() => Follow(slow, "U1", "O1"), fill, timers),
                    1 => (() => Follow(slow, "U1", "O1"), async () => { await fill(); await timers(); }, async () =>
                    { await fill(); await timers(); }),
                    2 => (() => Fill(slow), merge, async () => { await timers(); await fill(); await timers(); }),
                    _ => (() => Timers(slow), async () => { await merge(); await fill(); }, async () =>
                    { await timers(); await merge(); await timers(); }),
                };
                if (plan == 3) await fill();
                var before = store.Calls;
                store.At(first, plot.Early);
                store.At(second, plot.Late);
                await plot.Flow();
                var calls = store.Calls - before;
                await fill();
                await timers();
                await Follow(club, "U2", "O2");
                await club.Sweep(FinishSweep.Word);
                for (var i = 0; i < 3; i++) await timers();

                // The provider knows a message by its name.
                var sent = club.Sms.Sent.Concat(slow.Sms.Sent).DistinctBy(message => message.RepeatabilityId)
                    .Select(message => message.Tag!.Split(':', 2)[1]).Order().ToArray();
                Assert.True(sent is ["birthday:2026", "welcome"], $"{first}, {second}: {string.Join(' ', sent)}.");
                Assert.Empty(await club.Verify());
                reached |= calls >= first;
                if (calls < second) break;
            }
            if (!reached) return;
        }
    }

    private static Task<Registered> Follow(ClubFixture club, string unionId, string openId) =>
        club.Get<Register>().Handle(new Registration { Source = "wechat", UnionId = unionId, OpenId = openId });

    private static Task<Registered> Fill(ClubFixture club) =>
        club.Get<Register>().Handle(new Registration { Source = "web", Phone = Phone, OpenId = "O1", SmsConsent = true,
            Birthday = new DateOnly(1990, 3, 2) });

    private static Task<(int, int)> Timers(ClubFixture club) => club.Sweep(CareSweep.Word, SmsSweep.Word);

    private static async Task<bool> Crashes(CrashingStore store, int writes, Func<Task> form)
    {
        store.CrashAfter(writes);
        var crash = await Record.ExceptionAsync(form);
        store.Recover();
        Assert.True(crash is null or StoreException, crash?.ToString());
        return crash is not null;
    }
}
