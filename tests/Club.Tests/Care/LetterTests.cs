using System.Text;
using Club.Access;
using Club.Care;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Moq;
using Xunit;

namespace Club.Tests.Care;

/// <summary>Whom no other channel reaches, or whom letters reach first, is on the mail list of her branch; what fails leaves the next its
/// turn.</summary>
public sealed class LetterTests : Flow
{
    private static readonly Caller Staff = Caller.OperatorAs("A017");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Programme Rules(string channels) => Book.With($$$"""
        {"care":[{"occasion":"birthday","holdout":0,"channels":{{{channels}}},"template":"wish {{ name }}"}]}
        """);

    private static Caller Director(string dealer = "D001") => new([Role.Director], "李主任") { Dealer = new DealerId(dealer) };

    private static async Task<MemberId> Member(ClubFixture club, bool? consent = null, string? address = "北京市朝阳区1号", string phone = "13800138000",
        int day = 2)
    {
        var member = (await club.Register(phone, form => form with
        {
            Name = "王小明", SmsConsent = consent, Birthday = new DateOnly(1990, 3, day), DealerId = new DealerId("D001"),
        })).MemberId;
        if (address is not null)
            Assert.True((await club.Get<CorrectMember>().Handle(member, new Correction { Named = new HashSet<string> { "address" }, Address = address },
                Staff, Cancellation)).Succeeded);
        return member;
    }

    private static Task<(int Done, int Failed)> Sweep(ClubFixture club) => club.Sweep(CareSweep.Word, SmsSweep.Word, FollowJob.Word);

    private static async Task<IReadOnlyList<LetterView>> Letters(ClubFixture club, LetterState state = LetterState.Open, Caller? caller = null) =>
        (await club.Get<CareLetters>().List(state, null, caller ?? Director(), 200, null, Cancellation)).Items;

    private static async Task<IReadOnlyList<CallView>> Calls(ClubFixture club, CallState state = CallState.Open) =>
        (await club.Get<CareCalls>().List(state, null, null, Staff, 200, null, Cancellation)).Items;

    private static Task<Outcome<LetterView>> Take(ClubFixture club, LetterView letter, LetterResult result, Caller? caller = null) =>
        club.Get<CareLetters>().Take(letter.Id, new LetterRequest(result), caller ?? Director(), Cancellation);

    [Theory]
    [InlineData("""["mail"]""", null, true, true)]
    [InlineData("""["mail","sms"]""", true, true, true)]
    [InlineData("""["mail","sms"]""", true, false, false)]
    [InlineData("""["sms","mail"]""", null, true, true)]
    [InlineData("""["sms","mail"]""", true, true, false)]
    [InlineData("""["sms","mail"]""", false, true, false)]
    [InlineData("""["sms"]""", null, true, false)]
    public async Task She_is_on_the_list_where_letters_come_first_or_nothing_before_may_reach_her(string channels, bool? consent, bool hasAddress,
        bool isWritten)
    {
        await using var club = await Open(rules: Rules(channels));
        await Member(club, consent, hasAddress ? "北京市朝阳区1号" : null);
        for (var i = 0; i < 3; i++) await Sweep(club);
        Assert.Equal(isWritten, await Letters(club) is [{ Name: "王小明", Address: "北京市朝阳区1号", Text: "wish 王小明", Occasion: "birthday:2026" }]);
        Assert.Equal(!isWritten && consent is true ? 1 : 0, club.Sms.Sent.Count);
        Assert.Empty(await Letters(club, caller: Director("D002")));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task A_message_that_fails_becomes_a_call_and_a_call_in_vain_a_letter()
    {
        var sms = new Mock<ISms>();
        sms.Setup(port => port.Send(It.IsAny<SmsMessage>(), It.IsAny<CancellationToken>())).ReturnsAsync(new SmsResult.Refused("4003", "unsupported"));
        await using var club = await Open(rules: Rules("""["sms","call","mail"]"""), sms: sms.Object);
        await Member(club, consent: true);
        for (var i = 0; i < 2; i++) await Sweep(club);
        Assert.Empty(await Letters(club));
        var call = Assert.Single(await Calls(club));
        for (var i = 0; i < 2; i++)
            Assert.True((await club.Get<CareCalls>().Take(call.Id, new CallRequest(CallResult.WrongNumber, "", null), Staff, Cancellation)).Succeeded);
        Assert.Equal("wish 王小明", Assert.Single(await Letters(club)).Text);
        Assert.Empty(await Calls(club));
    }

    [Fact]
    public async Task A_call_that_nobody_made_in_time_becomes_a_letter()
    {
        await using var club = await Open(rules: Rules("""["call","mail"]"""));
        await Member(club);
        await Sweep(club);
        Assert.Single(await Calls(club));
        club.At(2026, 3, 12);
        for (var i = 0; i < 2; i++) await club.Sweep(ForgetSweep.Word);
        Assert.Single(await Calls(club, CallState.Lapsed));
        Assert.Single(await Letters(club));
    }

    [Theory]
    [InlineData("""["mail","call"]""", null, 6, true)]
    [InlineData("""["mail","sms"]""", true, 4, true)]
    [InlineData("""["mail","sms"]""", true, 5, false)]
    [InlineData("""["mail","sms","call"]""", true, 5, false)]
    public async Task A_letter_that_comes_back_leaves_the_next_its_turn_as_long_as_it_has_a_sense(string channels, bool? consent, int day, bool isInTime)
    {
        await using var club = await Open(rules: Rules(channels));
        await Member(club, consent);
        await Sweep(club);
        var letter = Assert.Single(await Letters(club));
        Assert.Equal("already-decided", (await Take(club, letter, LetterResult.Returned)).Problem!.Code);
        Assert.Equal("not-found", (await Take(club, letter, LetterResult.Sent, Director("D002"))).Problem!.Code);
        for (var i = 0; i < 2; i++) Assert.Equal(LetterState.Sent, (await Take(club, letter, LetterResult.Sent)).Value.State);
        club.At(2026, 3, day);
        for (var i = 0; i < 2; i++) Assert.Equal(LetterState.Returned, (await Take(club, letter, LetterResult.Returned)).Value.State);
        for (var i = 0; i < 2; i++) await Sweep(club);
        // A call may still wish her well when a text message comes too late.
        Assert.Equal(consent is null || channels.Contains("call", StringComparison.Ordinal) ? 1 : 0, (await Calls(club)).Count);
        Assert.Equal(consent is true && isInTime ? 1 : 0, club.Sms.Sent.Count);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task The_list_is_a_file_with_nothing_that_a_spreadsheet_would_run_and_only_of_ones_own()
    {
        await using var club = await Open(rules: Rules("""["mail"]"""));
        await Member(club, address: "=cmd|' /C calc'!A1");
        await Sweep(club);
        Assert.Contains("'=cmd", await File(Director()), StringComparison.Ordinal);
        Assert.Single((await File(Director("D002"))).Trim().Split('\n'));

        async Task<string> File(Caller caller)
        {
            using var stream = new MemoryStream();
            await LetterFile.Write(stream, club.Get<CareLetters>(), LetterState.Open, null, caller, Cancellation);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    [Fact]
    public async Task Letters_follow_the_member_and_go_with_the_person()
    {
        await using var club = new ClubFixture(store: await NewStore(), rules: Rules("""["mail"]"""), keys: new MemoryStore());
        var (one, other) = (await Member(club), await Member(club, phone: "13900139000", day: 20));
        await Sweep(club);
        await club.Get<Transfers>().Move(one, new TransferRequest(new DealerId("D002"), "搬家"), Staff, Cancellation);
        await Sweep(club);
        Assert.Empty(await Letters(club));
        var letter = Assert.Single(await Letters(club, caller: Director("D002")));
        await club.Get<Merge>().Handle(other, one, Cancellation);
        for (var i = 0; i < 2; i++) await Sweep(club);
        Assert.Equal(letter.Id, Assert.Single(await Letters(club, caller: Staff)).Id);
        var raw = (await club.Raw.Read(letter.MemberId == one ? one : other, letter.Id, Cancellation))
            ?? await club.Raw.Read(letter.MemberId == one ? other : one, letter.Id, Cancellation);
        Assert.StartsWith("{\"sealed\"", Encoding.UTF8.GetString(raw!.Json.Span), StringComparison.Ordinal);
        var survivor = (await club.Account(one)).MemberId;
        Assert.True((await club.Get<EraseMember>().Handle(survivor, "本人申请", Staff, Cancellation)).Succeeded);
        Assert.Empty(await Letters(club, caller: Staff));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Without_an_address_any_more_it_is_not_written_and_its_text_goes_in_time()
    {
        await using var club = await Open(rules: Rules("""["mail"]"""));
        var member = await Member(club);
        await Sweep(club);
        await club.Get<CorrectMember>().Handle(member, new Correction { Named = new HashSet<string> { "address" } }, Staff, Cancellation);
        for (var i = 0; i < 2; i++) await Sweep(club);
        Assert.Empty(await Letters(club));
        Assert.NotEqual("", Assert.Single(await Letters(club, LetterState.Stopped)).Text);
        club.At(2027, 6, 1);
        await club.Sweep(ForgetSweep.Word);
        Assert.Equal("", Assert.Single(await Letters(club, LetterState.Stopped)).Text);
    }

    [Fact]
    public async Task A_crash_after_any_write_leaves_one_letter()
    {
        for (var writes = 1; writes < 12; writes++)
        {
            var store = new CrashingStore(await NewStore());
            await using var club = new ClubFixture(store: store, rules: Rules("""["mail"]"""));
            await Member(club);
            store.CrashAfter(writes);
            try { await Sweep(club); }
            catch (StoreException) { }
            store.Recover();
            for (var i = 0; i < 2; i++) await Sweep(club);
            Assert.Single(await Letters(club));
        }
    }
}
