using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Members;

/// <summary>A number that the network gave out again does not open the account of whoever had it before.</summary>
public sealed class RecycledPhoneTests : IAsyncDisposable
{
    private const string Phone = "13800138000";
    private static readonly DateOnly Old = new(1970, 5, 6), New = new(1999, 8, 9);

    private readonly ClubFixture _club = new();

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task Another_name_and_birthday_is_another_member_and_a_dispute()
    {
        var before = await Form("王伟", Old, "oOld");
        await _club.Send(Events.Bill("B-1"));
        var after = await Form("李娜", New, "oNew");

        Assert.True(after.IsNew);
        Assert.NotEqual(before.CardNumber, after.CardNumber);
        Assert.Equal((Points.Of(4.9m), Points.Zero), (await _club.Balance(before.MemberId), await _club.Balance(after.MemberId)));
        Assert.Null((await Profile(after.MemberId)).Phone);
        var dispute = Assert.Single(await List());
        Assert.Equal(("phone", "138****8000", before.MemberId), (dispute.Kind, dispute.Phone, dispute.MemberId));
        Assert.Equal([after.MemberId], dispute.Claimants);
        Assert.Empty(await _club.Verify());
    }

    [Theory]
    [InlineData("王伟", "1999-08-09", "oNew")]
    [InlineData("李娜", "1970-05-06", "oNew")]
    [InlineData("李娜", "1999-08-09", "oOld")]
    [InlineData(null, "1999-08-09", "oNew")]
    [InlineData("李娜", null, "oNew")]
    [InlineData(null, null, null)]
    public async Task Less_than_that_is_the_same_person(string? name, string? birthday, string? openId)
    {
        var before = await Form("王伟", Old, "oOld");
        var again = await Form(name, birthday is null ? null : DateOnly.Parse(birthday, System.Globalization.CultureInfo.InvariantCulture),
            openId);
        Assert.Equal(before.MemberId, again.MemberId);
        Assert.Empty(await List());
    }

    [Theory]
    [InlineData("oNew")]
    [InlineData(null)]
    public async Task The_same_form_again_makes_no_further_member(string? openId)
    {
        await Form("王伟", Old, "oOld");
        var first = await Form("李娜", New, openId);
        Assert.Equal(first with { IsNew = false }, await Form("李娜", New, openId));
        Assert.Equal([first.MemberId], Assert.Single(await List()).Claimants);
    }

    [Fact]
    public async Task A_form_of_the_new_holder_without_a_name_does_not_join_the_two()
    {
        var before = await Form("王伟", Old, "oOld");
        var after = await Form("李娜", New, "oNew");
        Assert.Equal(after.MemberId, (await Form(null, null, "oNew")).MemberId);
        Assert.Null((await Profile(before.MemberId)).MergedInto);
        Assert.Null((await Profile(after.MemberId)).MergedInto);
    }

    [Fact]
    public async Task Staff_give_the_number_to_the_new_holder()
    {
        var before = await Form("王伟", Old, "oOld");
        await _club.Send(Events.Bill("B-1"));
        var after = await Form("李娜", New, "oNew");
        await Settle(after.MemberId);
        await _club.Send(Events.Bill("B-2"));

        Assert.Equal((Points.Of(4.9m), Points.Of(4.9m)), (await _club.Balance(before.MemberId), await _club.Balance(after.MemberId)));
        Assert.Equal((null, "+8613800138000"), ((await Profile(before.MemberId)).Phone, (await Profile(after.MemberId)).Phone));
        Assert.Empty(await List());
        Assert.Equal(after.MemberId, (await Form("李娜", New, null)).MemberId);
        Assert.Equal(before.MemberId, (await Form("王伟", Old, "oOld")).MemberId);
        Assert.Empty(await List());
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Staff_leave_the_number_with_whoever_has_it()
    {
        var before = await Form("王伟", Old, "oOld");
        var after = await Form("李娜", New, "oNew");
        await Settle(before.MemberId);
        await _club.Send(Events.Bill("B-1"));
        Assert.Equal(Points.Of(4.9m), await _club.Balance(before.MemberId));
        Assert.Equal(after.MemberId, (await Form("李娜", New, "oNew")).MemberId);
        Assert.Empty(await List());
    }

    [Fact]
    public async Task Staff_find_that_both_are_one_person()
    {
        var before = await Form("王伟", Old, "oOld");
        var after = await Form("王大伟", New, "oNew");
        await _club.Send(Events.Bill("B-1", member: new { openId = "oNew" }), Events.Bill("B-2"));
        await Settle(before.MemberId, samePerson: true);
        await _club.Sweep(FinishSweep.Word);
        Assert.Equal(Points.Of(9.8m), await _club.Balance(before.MemberId));
        Assert.Equal(before.MemberId, (await _club.Get<Membership>().Find(after.MemberId, default))!.MemberId);
        Assert.Empty(await _club.Verify());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_person_with_two_names_stays_one_whichever_form_comes_again(bool intoOld)
    {
        var before = await Form("王伟", Old, "oOld");
        var after = await Form("王大伟", New, null);
        await Settle(intoOld ? before.MemberId : after.MemberId, samePerson: true);
        await _club.Sweep(FinishSweep.Word);
        var one = (await Profile(before.MemberId)).MemberId;
        foreach (var form in new[] { await Form("王伟", Old, "oOld"), await Form("王大伟", New, null), await Form(null, null, null) })
            Assert.Equal(one, (await Profile(form.MemberId)).MemberId);
        Assert.Empty(await List());
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_crash_after_any_write_of_the_new_holders_form_leaves_one_new_member()
    {
        for (var writes = 0; writes < 24; writes++)
        {
            var store = new MemoryStore();
            await using (var club = new ClubFixture(store: store))
                await club.Register(Phone, registration => registration with { Name = "王伟", Birthday = Old });
            var crashing = new CrashingStore(store) { Unanswered = writes % 2 == 0 };
            crashing.CrashAfter(writes / 2);
            await using (var dying = new ClubFixture(store: crashing))
                await Record.ExceptionAsync(() => dying.Register(Phone, registration => registration with { Name = "李娜", Birthday = New }));
            await using var after = new ClubFixture(store: store);
            var registered = await after.Register(Phone, registration => registration with { Name = "李娜", Birthday = New });
            Assert.Equal([registered.MemberId], (await after.Get<Disputes>().List(Caller.Operator, 50, null, default)).Items.Single().Claimants);
            Assert.Equal(2, (await after.Store.Find(new IndexQuery("joined", "", IndexQuery.Last))).Documents.Count);
            Assert.Empty(await after.Verify());
        }
    }

    [Fact]
    public async Task A_new_holder_who_gave_another_number_meanwhile_keeps_both()
    {
        await Form("王伟", Old, "oOld");
        var after = await Form("李娜", New, "oNew");
        await _club.Register("13700137000", registration => registration with { OpenId = "oNew" });
        Assert.Equal(after.MemberId, (await Form(null, null, "oNew")).MemberId);
        await Settle(after.MemberId);
        Assert.Equal(after.MemberId, (await Form(null, null, null)).MemberId);
        Assert.Equal(after.MemberId, (await _club.Register("13700137000")).MemberId);
        Assert.Empty(await List());
        Assert.Empty(await _club.Verify());
    }

    /// <summary>She was welcomed under the number that turned out to be another's; she is not welcomed a second time, and nothing stands in
    /// the way.</summary>
    [Fact]
    public async Task Who_loses_a_number_and_gives_another_is_registered()
    {
        var before = await Form("王伟", Old, "oOld");
        var after = await Form("李娜", New, "oNew");
        await Settle(after.MemberId);
        Assert.Null((await Profile(before.MemberId)).Phone);
        Assert.Equal(before.MemberId, (
            await _club.Register("13600136000", registration =>
            registration with { Name = "王伟", Birthday = Old, OpenId = "oOld" })).MemberId);
        Assert.Equal("+8613600136000", (await Profile(before.MemberId)).Phone);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task However_many_name_a_number_the_list_of_them_is_bounded()
    {
        var before = await Form("王伟", Old, "oOld");
        for (var i = 0; i < 130; i++) await Form($"李娜{i}", New.AddDays(i), null);
        Assert.Equal(ClaimDispute.MostClaimants, Assert.Single(await List()).Claimants.Count);
        await Settle(before.MemberId);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Two_phones_are_two_persons_whatever_is_said()
    {
        const string vin = "LSVFF26R7D2123456";
        var first = (await _club.Register(Phone, registration =>
            registration with { Vehicles = [new Vehicle(vin, null, null, null)] })).MemberId;
        await _club.Register("13900139000", registration => registration with { Vehicles = [new Vehicle(vin, null, null, null)] });
        var settled = await _club.Get<Disputes>()
            .Settle(Assert.Single(await List()).Id, new DisputeDecision(first, "x", SamePerson: true), Caller.OperatorAs("y"), default);
        Assert.Equal(("invalid-data", "$.samePerson"), (settled.Problem?.Code, settled.Problem?.Path));
    }

    [Theory]
    [InlineData("oNew")]
    [InlineData(null)]
    public async Task Forms_of_both_at_once_make_two_members(string? openId)
    {
        await Form("王伟", Old, "oOld");
        var forms = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => i % 2 == 0 ? Form("王伟", Old, "oOld") : Form("李娜", New, openId))));
        Assert.Equal(2, forms.Select(form => form.MemberId).Distinct().Count());
        Assert.Single(await List());
        Assert.Empty(await _club.Verify());
    }

    private Task<Registered> Form(string? name, DateOnly? birthday, string? openId) =>
        _club.Register(Phone, registration => registration with { Name = name, Birthday = birthday, OpenId = openId });

    private async Task<Profile> Profile(MemberId memberId) => (await _club.Get<Membership>().Find(memberId, default))!;

    private async Task<IReadOnlyList<DisputeView>> List() => (await _club.Get<Disputes>().List(Caller.Operator, 50, null, default)).Items;

    private async Task Settle(MemberId memberId, bool samePerson = false) =>
        Assert.True((await _club.Get<Disputes>().Settle(Assert.Single(await List()).Id, new DisputeDecision(memberId, "运营商证明", samePerson),
            Caller.OperatorAs("A017"), default)).Succeeded);
}
