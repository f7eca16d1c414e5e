using Club.Access;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Tests.Joining;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Members;

/// <summary>Whatever comes while a person is being forgotten, or after a copy from before was put back.</summary>
public sealed class EraseRaceTests
{
    private const string Phone = "13800138000", Other = "13900139000", OpenId = "oFan-1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forms_corrections_and_transactions_at_once_leave_her_forgotten_and_her_number_free()
    {
        for (var round = 0; round < 40; round++)
        {
            await using var club = new ClubFixture(keys: new MemoryStore());
            var member = (await club.Register(Phone, form => form with { Name = "王小明" })).MemberId;
            await Task.WhenAll(
                Task.Run(() => Erase(club, member)),
                Task.Run(() => club.Register(Phone, form => form with { Name = "王小明", Hobbies = [$"{round}"], OpenId = OpenId })),
                Task.Run(() => club.Get<CorrectMember>().Handle(member, Number(Other), Caller.OperatorAs("A017"), Cancellation)),
                Task.Run(() => club.Send(Events.Bill($"B-{round}"), Events.Bill($"O-{round}", Other))));
            await Erase(club, member);
            await club.Sweep(FinishSweep.Word);
            foreach (var phone in (string[])[Phone, Other])
            {
                var again = await club.Register(phone);
                Assert.NotEqual(member, again.MemberId);
                Assert.NotEmpty(again.CardNumber);
                Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Bill($"N-{phone}", phone))).Fate);
                Assert.NotEqual(Points.Zero, await club.Balance(again.MemberId));
            }
            Assert.Null(await club.Get<Membership>().Find(member, Cancellation));
            Assert.Equal([], await club.Verify());
        }
    }

    [Fact]
    public async Task Complaints_at_once_are_taken_down_or_hers_no_more_and_none_can_be_read()
    {
        for (var round = 0; round < 40; round++)
        {
            await using var club = new ClubFixture(keys: new MemoryStore());
            var member = (await club.Register(Phone)).MemberId;
            var opened = Enumerable.Range(0, 4).Select(i => Task.Run(() => club.Get<ComplaintLog>().Open(member,
                new ComplaintRequest("x", $"{i}", null, null, null, null), new Command($"k{i}", $"c{i}"), Caller.OperatorAs("A017"), Cancellation)));
            var answers = Task.WhenAll(opened);
            await Erase(club, member);
            Assert.All(await answers, answer => Assert.True(answer.Succeeded || answer.Problem!.Code == "not-found"));
            Assert.Empty((await club.Store.Find(new IndexQuery(Complaint.OpenIndex, "", IndexQuery.Last), Cancellation)).Documents);
            Assert.Equal([], await club.Verify());
        }
    }

    [Fact]
    public async Task A_merge_at_once_is_ended_or_did_not_begin()
    {
        for (var round = 0; round < 40; round++)
        {
            await using var club = new ClubFixture(keys: new MemoryStore());
            var fan = (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = OpenId }, Cancellation)).MemberId;
            var owner = (await club.Register(Phone)).MemberId;
            await Task.WhenAll(
                Task.Run(() => Erase(club, round % 2 == 0 ? fan : owner)),
                Task.Run(() => club.Register(Phone, form => form with { OpenId = OpenId })));
            await club.Sweep(FinishSweep.Word);
            foreach (var one in (MemberId[])[fan, owner]) Assert.True((await Erase(club, one)) is { Succeeded: true } or { Problem.Code: "not-found" });
            Assert.NotEmpty((await club.Register(Phone, form => form with { OpenId = OpenId })).CardNumber);
            Assert.Equal([], await club.Verify());
        }
    }

    [Fact]
    public async Task Two_corrections_at_once_leave_one_number_that_leads_to_her()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var club = new ClubFixture();
            var member = (await club.Register(Phone)).MemberId;
            string[] numbers = ["13900139001", "13900139002", "13900139003"];
            await Task.WhenAll(numbers.Select(number => Task.Run(() =>
                club.Get<CorrectMember>().Handle(member, Number(number), Caller.OperatorAs("A017"), Cancellation))));
            await club.Sweep(FinishSweep.Word);
            var hers = (await club.Get<Membership>().Find(member, Cancellation))!.Phone;
            foreach (var number in numbers.Append(Phone))
                Assert.Equal(hers == $"+86{number}" ? member : null,
                    (await club.Get<Membership>().Find(PersonIdentity.Parse(IdentityKind.Phone, number).Value, Cancellation))?.MemberId);
            Assert.Equal([], await club.Verify());
        }
    }

    [Fact]
    public async Task What_came_before_she_registered_is_returned_into_the_old_ledger()
    {
        await using var club = new ClubFixture(keys: new MemoryStore());
        await club.Send(Events.Bill());
        var member = (await club.Register(Phone)).MemberId;
        await Erase(club, member);
        Assert.Equal([], await club.Verify());
        var again = (await club.Register(Phone)).MemberId;
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Return())).Fate);
        Assert.Equal((Points.Zero, Points.Zero), (await club.Balance(member), await club.Balance(again)));
        Assert.Equal([], await club.Verify());
    }

    /// <summary>As the operator does who restores a backup: the documents of then, the keys of today.</summary>
    [Fact]
    public async Task With_documents_from_before_and_the_keys_of_today_she_can_register_again()
    {
        var (store, keys) = (new MemoryStore(), new MemoryStore());
        await using var club = new ClubFixture(store: store, keys: keys);
        var member = (await club.Register(Phone)).MemberId;
        var backup = new MemoryStore();
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await store.Changes(page?.Bookmark, cancellation: Cancellation);
            foreach (var document in page.Documents)
                await backup.Commit(document.Partition, [new Write.Create(document.Id, document.Type, document.Json, IndexKeys.None)], Cancellation);
        }
        await Erase(club, member);
        await using var restored = new ClubFixture(store: backup, keys: keys);
        var again = await restored.Register(Phone);
        Assert.NotEqual(member, again.MemberId);
        Assert.Equal(Fate.Booked, Assert.Single(await restored.Send(Events.Bill("N"))).Fate);
        Assert.NotEqual(Points.Zero, await restored.Balance(again.MemberId));
    }

    /// <summary>What one host read sealed is in clear, and its key gone, when it opens it.</summary>
    [Fact]
    public async Task Whoever_meets_another_host_that_ends_it_is_answered_the_receipt()
    {
        for (var call = 1; ; call++)
        {
            var (inner, keys) = (new MemoryStore(), new MemoryStore());
            var (store, crashing) = (new InterruptedStore(inner), new CrashingStore(inner));
            await using var club = new ClubFixture(store: inner, keys: keys);
            var member = (await club.Register(Phone)).MemberId;
            await using (var dying = new ClubFixture(store: crashing, keys: keys))
            {
                crashing.CrashAfter(1);
                await Assert.ThrowsAsync<StoreException>(() => Erase(dying, member));
            }
            await using var slow = new ClubFixture(store: store, keys: keys);
            Erasure? receipt = null;
            store.After(call, async () => receipt = (await Erase(club, member)).Value);
            var met = await Erase(slow, member);
            Assert.True(met.Succeeded, $"{call}: {met.Problem?.Message}");
            Assert.NotNull(met.Value.DoneAt);
            if (receipt is null) return;
            Assert.Equal(receipt.Erased, met.Value.Erased);
        }
    }

    [Fact]
    public async Task What_names_her_by_an_earlier_number_goes_too()
    {
        await using var club = new ClubFixture(keys: new MemoryStore());
        var member = (await club.Register(Phone)).MemberId;
        await club.Send(Events.With(Events.Bill("X-1", Phone), "data.lines.0.amount", "?"));
        await club.Get<CorrectMember>().Handle(member, Number(Other), Caller.OperatorAs("A017"), Cancellation);
        Assert.Equal(1, (await Erase(club, member)).Value.Erased["rejections"]);
    }

    private static Correction Number(string phone) =>
        new() { Named = new HashSet<string> { "phone" }, Phone = PhoneNumber.Parse(phone).Value };

    private static Task<Outcome<Erasure>> Erase(ClubFixture club, MemberId member) =>
        club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation);
}
