using Club.Kernel;
using Club.Ledger;
using Club.Store;
using Club.Tiers;
using Xunit;

namespace Club.Tests.Running;

public class SweepFlowTests : Flow
{
    [Fact]
    public async Task Lapsed_points_leave_as_a_ledger_entry_once()
    {
        await using var club = await Open();
        var member = await club.Register();
        await club.Send(Events.Bill());
        var lapse = (await club.Account(member.MemberId)).NextLapse!.Value;

        club.At(lapse.AddDays(-1).Year, lapse.AddDays(-1).Month, lapse.AddDays(-1).Day);
        Assert.Equal(0, (await club.Sweep(PointsSweep.Word)).Done);
        club.At(lapse.Year, lapse.Month, lapse.Day, 0, 1);
        Assert.Equal(1, (await club.Sweep(PointsSweep.Word)).Done);
        Assert.Equal(0, (await club.Sweep(PointsSweep.Word)).Done);

        var entry = (await club.Entries(member.MemberId))[0];
        Assert.Equal((EntryKind.Expiry, Points.Of(-4.9m), Points.Zero), (entry.Kind, entry.Points, entry.Balance));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_tier_rises_at_once_is_told_as_an_event_and_falls_after_validity_and_grace()
    {
        await using var club = await Open("skoda");
        var member = await club.Register();
        await club.Send(Events.Bill(lines: [Events.Line("1", "vehicle", 150_000m, "明锐")]),
            Events.Bill("V2", lines: [Events.Line("1", "vehicle", 150_000m, "明锐")]));
        var risen = (await club.Account(member.MemberId)).Tier;
        Assert.NotEqual(club.Programme.Tiers[0].Code, risen.Code);
        Assert.Contains(await club.Changes(), document => document.Type == "event" && document.As<MemberEvent>().To == risen.Code);

        var end = risen.ValidUntil!.Value;
        club.At(end.Year, end.Month, end.Day);
        Assert.Equal(0, (await club.Sweep(TierSweep.Word)).Done);
        Assert.Equal(risen.Code, (await club.Account(member.MemberId)).Tier.Code);
    }

    [Fact]
    public async Task One_member_s_failure_does_not_stop_the_sweep()
    {
        var broken = await NewStore();
        await using var club = new ClubFixture(store: broken);
        var members = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var member = await club.Register($"138001380{i:D2}");
            members.Add(member.MemberId);
            await club.Send(Events.Bill($"T{i}", $"138001380{i:D2}"));
        }
        // One account can no longer be read.
        var account = (await broken.Read(members[7], "account"))!;
        var lapse = (await club.Account(new MemberId(members[7]))).NextLapse!.Value;
        await broken.Commit(members[7],
            [new Write.Replace("account", "account", "{}"u8.ToArray(),
            new IndexKeys([new("duePoints", IndexKeys.Date(lapse))], Ids.Bucket(members[7])), account.ETag)]);
        club.At(lapse.Year, lapse.Month, lapse.Day);

        Assert.Equal((19, 1), await club.Sweep(PointsSweep.Word));
        Assert.Equal((0, 1), await club.Sweep(PointsSweep.Word));
    }
}
