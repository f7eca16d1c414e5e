using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Tests.Joining;
using Xunit;

namespace Club.Tests.Members;

/// <summary>What another host does with complaints while a merge takes them along.</summary>
public sealed class ComplaintMergeTests
{
    private static readonly Caller Staff = Caller.OperatorAs("A017");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("step")]
    [InlineData("open")]
    [InlineData("open once")]
    [InlineData("remind")]
    [InlineData("forget")]
    public async Task A_merge_loses_nothing_that_happens_to_a_complaint_meanwhile(string what)
    {
        for (var call = 1; ; call++)
        {
            var (store, keys) = (new InterruptedStore(new MemoryStore()), new MemoryStore());
            await using var club = new ClubFixture(store: store.Inner, keys: keys);
            await using var slow = new ClubFixture(store: store, keys: keys);
            var owner = (await club.Register("13700137000")).MemberId;
            var fan = (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-1" })).MemberId;
            var id = (await Open(club, fan, null)).Value.Answer.Id;
            if (what == "forget") await Step(club, fan, id, "完成", ComplaintState.Closed);
            if (what is "remind" or "forget")
                foreach (var one in (ClubFixture[])[club, slow]) one.At(what == "remind" ? 2026 : 2030, 6, 1);
            var (isMet, isDone) = (false, false);
            store.At(call, async () =>
            {
                isMet = true;
                isDone = await Do(what, club, fan, id);
            });
            await slow.Get<Merge>().Handle(fan, owner, Cancellation);
            await club.Sweep(FinishSweep.Word);
            // What could not be done then is done by whoever tries again; what was done once must not be done twice.
            if (what is "remind" or "forget") await Do(what, club, fan, id);
            else if (!isDone || what == "open once") Assert.True(await Do(what, club, fan, id));
            var told = (await club.Get<ComplaintLog>().Of(owner, Staff, 50, null, Cancellation))!.Value.Items;
            Assert.Equal(what.StartsWith("open", StringComparison.Ordinal) ? 2 : 1, told.Count);
            Assert.All(told, one => Assert.Equal(owner, one.MemberId));
            var first = told.Single(one => one.Id == id);
            if (what == "step") Assert.Equal(["三小时", "已回电"], first.Notes.Select(note => note.Text));
            if (what == "remind") Assert.Equal(1, first.Reminders);
            if (what == "forget") Assert.Equal("", first.Subject);
            Assert.Empty((await club.Store.Find(new IndexQuery(Complaint.MemberIndex, "", IndexQuery.Last, Partition: fan), Cancellation)).Documents);
            Assert.Equal([], await club.Verify());
            if (!isMet) return;
        }
    }

    /// <returns>Whether it was done.</returns>
    private static async Task<bool> Do(string what, ClubFixture club, MemberId fan, string id) => what switch
    {
        "step" => await Step(club, fan, id, "已回电", null),
        "open" => (await Open(club, fan, null)).Succeeded,
        "open once" => (await Open(club, fan, new Command("k1", "c1"))).Succeeded,
        "remind" => await club.Sweep(ComplaintSweep.Word) is { Done: 1 },
        _ => await club.Sweep(ForgetSweep.Word) is { Done: > 0, Failed: 0 },
    };

    private static async Task<bool> Step(ClubFixture club, MemberId member, string id, string text, ComplaintState? state)
    {
        var followed = await club.Get<ComplaintLog>().Follow(member, id, new ComplaintStep(text, state, null, null), Staff, Cancellation);
        if (followed.Problem is { } problem) Assert.Equal("being-merged", problem.Code);
        return followed.Succeeded;
    }

    private static Task<Outcome<Answered<ComplaintView>>> Open(ClubFixture club, MemberId member, Command? command) =>
        club.Get<ComplaintLog>().Open(member, new ComplaintRequest("等待", "三小时", null, null, null, null), command, Staff, Cancellation);
}
