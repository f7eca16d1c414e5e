using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Edges;
using Club.Kernel;
using Club.Partners;
using Club.Programmes;
using Club.Spending;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>A till that asks over the queue, and is answered.</summary>
public sealed class RedemptionRequestTests : IAsyncDisposable
{
    private const string Source = "/dms/D001";
    private readonly ClubFixture _club = new(rules: Till.Book());

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task A_request_spends_points_and_is_answered()
    {
        var member = await Member(1000);

        Assert.Equal(Fate.Answered, (await _club.Send(Request()))[0].Fate);

        var answer = Answers(_club).Single();
        Assert.Equal(("1.0", "/club", "club.redemption.answered", "R-1"), ((string?)answer["specversion"], (string?)answer["source"],
            (string?)answer["type"], (string?)answer["subject"]));
        var data = answer["data"]!;
        Assert.Equal((Source, "R-1"), ((string?)data["requestSource"], (string?)data["requestId"]));
        Assert.Null(data["problem"]);
        Assert.Equal((member.Value, "confirmed", 300m, 400m, "WO-1", Source), ((string?)data["redemption"]!["memberId"],
            (string?)data["redemption"]!["state"], (decimal)data["redemption"]!["points"]!, (decimal)data["redemption"]!["cash"]!,
            (string?)data["redemption"]!["for"]!["reference"], (string?)data["redemption"]!["author"]));
        Assert.Equal(Points.Of(700), await _club.Balance(member));
        Assert.Equal(data.ToJsonString(), Text(await Find("R-1")));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_hold_over_the_queue_is_confirmed_over_HTTP()
    {
        var member = await Member(1000);
        await _club.Send(Events.With(Request(), "data.hold", true));
        var held = (await Find("R-1"))!.Redemption!;
        Assert.Equal(RedemptionState.Held, held.State);
        Assert.Equal(RedemptionState.Confirmed, (await new Till(_club).Confirm(held.RedemptionId)).Value.Answer.State);
        await _club.Send(Events.With(Request(), "data.hold", true));
        Assert.Equal(2, Answers(_club).Count);
        Assert.Equal(Points.Of(700), await _club.Balance(member));
    }

    [Fact]
    public async Task A_partners_bill_is_paid_too()
    {
        await Member(1000);
        await _club.Get<PartnerBook>().Name("air", "航空", Caller.Operator, default);
        await _club.Send(Events.With(Request(), "data.for", JsonNode.Parse("""{"kind":"partner","partner":"air","amount":700}""")));
        Assert.Equal("air", (await Find("R-1"))!.Redemption!.For.Partner);
    }

    /// <summary>Also when he is taken down a moment later: the customer has gone.</summary>
    [Fact]
    public async Task Nobody_pays_at_a_partner_whom_nobody_knows()
    {
        var member = await Member(1000);
        await _club.Get<PartnerBook>().Name("air", "航空", Caller.Operator, default);
        var mistyped = Events.With(Request(), "data.for", JsonNode.Parse("""{"kind":"partner","partner":"Air","amount":700}"""));
        await _club.Send(mistyped);
        var problem = (await Find("R-1"))!.Problem!;
        Assert.Equal(("invalid-data", true), (problem.Code, problem.Message.EndsWith("did you mean \"air\"?", StringComparison.Ordinal)));
        await _club.Send(mistyped);
        Assert.Equal((2, Points.Of(1000)), (Answers(_club).Count, await _club.Balance(member)));
    }

    [Fact]
    public async Task The_same_request_is_answered_the_same_again()
    {
        var member = await Member(1000);
        var card = (await _club.Get<MemberViews>().Member(member, Caller.Operator, default))!.CardNumber;
        await _club.Send(Request(), Request(), Events.With(Request(), "data.points", JsonNode.Parse("300.00")),
            Events.With(Request(), "data.member", new JsonObject { ["cardNumber"] = card }));
        await _club.Send(Request());

        Assert.Equal(5, Answers(_club).Count);
        Assert.Single(Answers(_club).Select(answer => $"{answer["id"]} {answer["data"]!.ToJsonString()}").Distinct());
        Assert.Equal(Points.Of(700), await _club.Balance(member));
    }

    [Fact]
    public async Task Of_one_request_that_comes_many_times_at_once_one_spends()
    {
        var member = await Member(1000);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _club.Send(Request()))));
        Assert.Equal(16, Answers(_club).Count);
        Assert.Single(Answers(_club).Select(answer => answer["data"]!.ToJsonString()).Distinct());
        Assert.Equal(Points.Of(700), await _club.Balance(member));
    }

    [Fact]
    public async Task Of_two_members_with_one_key_at_once_one_spends()
    {
        var (one, other) = (await Member(1000), await Member(1000, "13900139000"));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            _club.Send(Request(phone: i % 2 == 0 ? "13800138000" : "13900139000")))));
        Assert.Equal(Points.Of(1700), await _club.Balance(one) + await _club.Balance(other));
        Assert.Equal(8, Answers(_club).Count(answer => (string?)answer["data"]!["problem"]?["code"] == "different-content"));
    }

    [Theory]
    [InlineData("data.points", "200")]
    [InlineData("data.for.amount", "701")]
    [InlineData("data.for.reference", "\"WO-2\"")]
    [InlineData("data.hold", "true")]
    [InlineData("data.wallet", "\"club\"")]
    [InlineData("data.member", """{"phone":"13900139000"}""")]
    public async Task The_same_key_with_other_content_is_refused(string path, string value)
    {
        var member = await Member(1000);
        await Member(1000, "13900139000");
        await _club.Send(Request());
        await _club.Send(Events.With(Request(), path, JsonNode.Parse(value)));

        Assert.Equal([null, "different-content"], Answers(_club).Select(answer => (string?)answer["data"]!["problem"]?["code"]));
        Assert.Equal(2, Answers(_club).Select(answer => (string?)answer["id"]).Distinct().Count());
        Assert.Null((await Find("R-1"))!.Problem);
        Assert.Equal(Points.Of(700), await _club.Balance(member));
        Assert.Empty(await Rejected());
    }

    [Theory]
    [InlineData("""{"phone":"13800138000"}""")]
    [InlineData("""{"memberId":"MNOBODY"}""")]
    public async Task Whoever_is_not_known_is_answered_and_never_parked(string nobody)
    {
        var request = Events.With(Request(), "data.member", JsonNode.Parse(nobody));
        Assert.Equal(Fate.Answered, (await _club.Send(request))[0].Fate);
        var member = await Member(1000);
        await _club.Sweep("finish");
        await _club.Send(request);

        Assert.Equal(["unknown-member", "unknown-member"], Answers(_club).Select(answer => (string?)answer["data"]!["problem"]!["code"]));
        Assert.Equal("unknown-member", (await Find("R-1"))!.Problem!.Code);
        Assert.Equal(Points.Of(1000), await _club.Balance(member));
        Assert.Empty(await Rejected());
    }

    [Fact]
    public async Task A_refusal_stays_one_whatever_she_earns_later()
    {
        var member = await Member(100);
        await _club.Send(Request());
        await new Till(_club).Earn("WO-9", 1000);
        await _club.Send(Request());

        Assert.All(Answers(_club), answer => Assert.Equal(("insufficient-points", 100m, 200m), (
            (string?)answer["data"]!["problem"]!["code"], (decimal?)answer["data"]!["problem"]!["available"],
            (decimal?)answer["data"]!["problem"]!["missing"])));
        Assert.Equal(2, Answers(_club).Count);
        Assert.Equal(Points.Of(1100), await _club.Balance(member));
        Assert.Empty(await Rejected());
        Assert.Empty(await _club.Verify());
        await _club.Send(Request("R-2"));
        Assert.NotNull((await Find("R-2"))!.Redemption);
    }

    [Fact]
    public async Task A_key_sends_for_its_own_source_and_dealer()
    {
        var read = _club.Get<TransactionReader>().Read(Request(), await _club.Get<ProgrammeLibrary>().Now()).Value;
        Assert.Null(new KeyScope([Source]).Refuse("dms", read, _ => false));
        Assert.Equal("foreign-source", new KeyScope(["/dms/D002"]).Refuse("dms", read, _ => false)?.Code);
        var foreign = _club.Get<TransactionReader>().Read(Events.With(Request(), "data.for.dealerId", "D002"),
            await _club.Get<ProgrammeLibrary>().Now()).Value.With("dms");
        Assert.Equal("dms", foreign.SentWith);
        var refused = new KeyScope([Source]).Refuse("dms", foreign, _ => false);
        Assert.Equal(("foreign-dealer", "$.data.for.dealerId"), (refused?.Code, refused?.Path));
    }

    [Fact]
    public async Task Staff_of_a_dealer_read_what_was_asked_for_at_their_own_till()
    {
        await Member(1000);
        await _club.Send(Request());
        Assert.NotNull(await Find("R-1", Advisor("D001")));
        Assert.Null(await Find("R-1", Advisor("D002")));
        Assert.Null(await Find("R-2"));

        static Caller Advisor(string dealer) => new([Role.Advisor], "Li") { Dealer = new DealerId(dealer) };
    }

    [Theory]
    [InlineData("data.points", null, "missing-data", "$.data.points")]
    [InlineData("data.points", "-300", "invalid-data", "$.data.points")]
    [InlineData("data.points", "0", "invalid-data", "$.data.points")]
    [InlineData("data.points", "1e28", "invalid-data", "$.data.points")]
    [InlineData("data.points", "0.001", "invalid-data", "$.data.points")]
    [InlineData("data.points", "\"300\"", "wrong-type", "$.data.points")]
    [InlineData("data.for", null, "missing-data", "$.data.for")]
    [InlineData("data.for.kind", "\"gift\"", "invalid-data", "$.data.for.kind")]
    [InlineData("data.for.amount", "-700", "invalid-data", "$.data.for.amount")]
    [InlineData("data.hold", "\"yes\"", "wrong-type", "$.data.hold")]
    [InlineData("data.member", null, "missing-data", "$.data.member")]
    [InlineData("data.member", "{}", "member-reference", "$.data.member.memberId")]
    [InlineData("data.member", """{"phone":"13800138000","memberId":"M1"}""", "member-reference", "$.data.member.phone")]
    [InlineData("data.member.phone", "\"1\"", "phone-invalid", "$.data.member.phone")]
    [InlineData("source", "\"/club/spending\"", "foreign-source", "$.source")]
    public async Task What_is_malformed_is_kept_as_a_rejection(string path, string? value, string code, string at)
    {
        var member = await Member(1000);
        var receipt = (await _club.Send(Events.With(Request(), path, value is null ? null : JsonNode.Parse(value))))[0];
        Assert.Equal((Fate.Rejected, code, at), (receipt.Fate, receipt.Problem?.Code, receipt.Problem?.Path));
        Assert.Single(await Rejected());
        Assert.Empty(Answers(_club));
        Assert.Equal(Points.Of(1000), await _club.Balance(member));
    }

    [Fact]
    public async Task One_bad_message_keeps_nobody_else_from_being_answered()
    {
        var member = await Member(1000);
        await _club.Send("}", Request(), Events.With(Request("R-2"), "data.for.dealerId", "NONE"), Request("R-3"),
            Events.Bill("WO-7", lines: [Events.Line("1", "parts", 10)], dealerId: "D001"));
        Assert.Equal(["R-1 ", "R-2 unknown-dealer", "R-3 "], Answers(_club).Select(answer =>
            $"{answer["subject"]} {answer["data"]!["problem"]?["code"]}").Order(StringComparer.Ordinal));
        Assert.Equal(Points.Of(410), await _club.Balance(member));
    }

    public static MatrixTheoryData<decimal, int, bool> Crashes => new([1000, 100, 0], [0, 1, 2], [false, true]);

    /// <param name="earned">Enough, too little, or by nobody who is known.</param>
    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task A_crash_at_any_write_is_healed_by_the_next_delivery(decimal earned, int writes, bool unanswered)
    {
        var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
        await using var club = new ClubFixture(rules: Till.Book(), store: store);
        var member = earned == 0 ? (MemberId?)null : await Member(earned, club: club);
        store.CrashAfter(writes);
        // The last step is no write of the store: the answer that does not get out.
        club.Answers.IsDown = writes == (member is null ? 1 : 2);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await club.Send(Request());
            if (writes == 2 && member is null) throw new StoreException("There are not so many writes.");
        });
        store.Recover();
        club.Answers.IsDown = false;
        if (member is not null && writes == 2) await new Till(club).Earn("WO-8", 5000);
        await club.Send(Request());
        await club.Send(Request());

        Assert.Single(Answers(club).Select(answer => answer["data"]!.ToJsonString()).Distinct());
        Assert.Equal(earned switch { 1000 => null, 100 => "insufficient-points", _ => "unknown-member" },
            (string?)Answers(club)[0]["data"]!["problem"]?["code"]);
        if (member is { } known)
            Assert.Equal(Points.Of((earned == 1000 ? 700 : 100) + (writes == 2 ? 5000 : 0)), await club.Balance(known));
        Assert.Empty(await club.Verify());
    }

    private async Task<MemberId> Member(decimal points, string phone = "13800138000", ClubFixture? club = null)
    {
        var member = (await (club ?? _club).Register(phone)).MemberId;
        await new Till(club ?? _club).Earn($"WO-{phone}", points, phone: phone);
        return member;
    }

    private Task<AnsweredRequest?> Find(string id, Caller? caller = null) =>
        _club.Get<RedemptionRequests>().Find(Source, id, caller ?? Caller.Operator, default);

    private async Task<IReadOnlyList<Document>> Rejected() =>
        [.. (await _club.Changes()).Where(document => document.Type is "rejection" or "parked")];

    private static List<JsonNode> Answers(ClubFixture club) => [.. club.Answers.Sent.Select(answer => JsonNode.Parse(answer.Json)!)];

    private static string Text(AnsweredRequest? answer) => JsonSerializer.SerializeToNode(answer, ClubJson.Answers)!.ToJsonString();

    private static string Request(string id = "R-1", string phone = "13800138000") => JsonSerializer.Serialize(new
    {
        specversion = "1.0", id, source = Source, type = "club.redemption.requested", time = "2026-03-02T10:20:00+08:00",
        data = new
        {
            member = new { phone }, points = 300,
            @for = new { kind = "bill", amount = 700.00m, dealerId = "D001", reference = "WO-1" },
        },
    });
}
