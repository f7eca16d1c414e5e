using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Activities;
using Club.Benefits;
using Club.Care;
using Club.Dealers;
using Club.Edges;
using Club.Fraud;
using Club.Gifts;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Outgoing;
using Club.Partners;
using Club.Programmes;
using Club.Proof;
using Club.Referrals;
using Club.Running;
using Club.Settlement;
using Club.Spending;
using Club.Store;
using Club.Tiers;
using Club.Transactions;
using Club.Value;
using Xunit;

namespace Club.Tests.Store;

/// <summary>
/// What a release wrote is read by every later one. Each release keeps a small store as text, one document a line; a shape that only grows
/// reads them all.
/// <c>CLUB_SAMPLE_STORE=path</c> writes the one of today.
/// </summary>
public sealed class SampleStoreTests
{
    private const string Phone = "13800138000";

    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Folder, "*.jsonl").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order()];

    private static string Folder => Path.Combine(Repository.Root, "tests", "samples", "stores");

    /// <summary>What is kept beside the store is no part of its samples.</summary>
    private static readonly string[] Elsewhere = ["The root of 2026-03-02 is entered, and its file is not there."];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task What_a_release_stored_is_read_verified_and_gone_on_with(string sample)
    {
        var store = new MemoryStore();
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Folder, $"{sample}.jsonl"), TestContext.Current.CancellationToken))
        {
            var row = JsonNode.Parse(line)!;
            var document = new Document((string)row["partition"]!, (string)row["id"]!, (string)row["type"]!,
                Encoding.UTF8.GetBytes(row["body"]!.ToJsonString()), "");
            Assert.IsType<CommitResult.Written>(
                await store.Commit(document.Partition,
                [new Write.Create(document.Id, document.Type, document.Json, StoredTypes.Check(document))],
                TestContext.Current.CancellationToken));
        }

        await using var club = new ClubFixture("skoda", store, Rules());
        Assert.Empty((await club.Verify()).Except(Elsewhere));
        var memberId = (await club.Register(Phone)).MemberId;
        var before = await club.Balance(memberId);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Bill("B-1"))).Fate);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Bill("B-NEW"))).Fate);
        Assert.Equal(before + Points.Of(700), await club.Balance(memberId));
        Assert.Empty((await club.Verify()).Except(Elsewhere));
    }

    [Fact]
    public async Task The_newest_sample_has_a_document_of_every_type()
    {
        var newest = Directory.GetFiles(Folder, "*.jsonl").Order(StringComparer.Ordinal).Last();
        var types = (await File.ReadAllLinesAsync(newest, TestContext.Current.CancellationToken))
            .Select(line => (string)JsonNode.Parse(line)!["type"]!).Distinct();
        Assert.Equal(StoredTypes.Names.Except(["health", "personKey"]).Order(), types.Order());
    }

    [Fact]
    public async Task The_sample_of_today_is_written_on_request()
    {
        var lines = await Live();
        if (Environment.GetEnvironmentVariable("CLUB_SAMPLE_STORE") is { Length: > 0 } path)
            await File.WriteAllLinesAsync(path, lines, TestContext.Current.CancellationToken);
        Assert.Equal(StoredTypes.Names.Except(["health", "personKey"]).Order(),
            lines.Select(line => (string)JsonNode.Parse(line)!["type"]!).Distinct().Order());
    }

    /// <summary>A club that has a document of every type.</summary>
    private static async Task<IReadOnlyList<string>> Live()
    {
        await using var club = new ClubFixture("skoda", rules: Rules(), keys: new MemoryStore());
        await club.Publish(SpringFile());
        Assert.True((await club.Get<ProgrammeDrafts>().Save(
            new ProgrammeDraft { Programme = JsonSerializer.SerializeToElement(SpringFile()), Author = "李编辑",
            SavedAt = club.Clock.GetUtcNow() }, null)).Succeeded);
        var member = (await club.Register(Phone, with => with with { Name = "王小明", SmsConsent = true })).MemberId;
        await club.Register("13900139000", with => with with { OpenId = "oPlaceholder_OpenId-00000002" });
        await club.Send(
            Events.Bill("B-1"), Events.Bill("B-2", lines: [Events.Line("1", "parts", 12_000m)]),
            Events.Return("B-1", "R-1", [new { lineId = "1", amount = 100m }]),
            Events.Bill("P-1", "13700137000"), Events.Bill("D-1", member: new { memberId = "MNOBODY" }));
        Assert.True((await club.Get<MemberBenefits>().Use(member, "free-check", "K-1", new DealerId("D021"), Caller.Operator)).Succeeded);
        Assert.True((await club.Get<TierGrants>().Give(member, new GrantRequest(new TierCode("gold"), new DateOnly(2030, 12, 31), "媒体伙伴"),
            new Command("crm-4711", "a"), Caller.OperatorAs("A017"))).Succeeded);
        Assert.True((await club.Get<ComplaintLog>().Open(member, new ComplaintRequest("等待", "三小时", null, null, null, null), null,
            Caller.OperatorAs("A017"), default)).Succeeded);
        var (applications, form) = (club.Get<Applications>(), new ApplicationRequest("""{"phone":"13600136000"}""", new DealerId("D021"), null));
        Assert.True((await applications.Apply(form, null, Caller.OperatorAs("A017"), default)).Succeeded);
        await AskForAnother(club);
        var gone = (await club.Register("13500135000")).MemberId;
        Assert.True((await club.Get<EraseMember>().Handle(gone, "本人申请", Caller.OperatorAs("A017"), default)).Succeeded);
        await Give(club, member);
        await club.Get<AuditTrail>().Keep(Caller.OperatorAs("A017"), new AuditedCall("MemberAccount", [member], null, Purpose.Service), 200, default);
        await club.Get<Deliveries>().Keep("site", "msg_1", "{}", member, default);
        await club.Sweep(ClassSweep.Word);
        Assert.True(await club.Get<Projections>().Advance(100, default));
        await OrderGifts(club, member);
        await club.Store.Commit(WeChatToken.PartitionOf("wx0"), [new WeChatToken { Value = "placeholder", Until = club.Clock.GetUtcNow() }.ToCreate()]);
        await club.Get<CareCalls>().Add(member, "winBack:2026-03-02", new DateOnly(2026, 3, 20), default);
        await club.Store.Commit(member, [new CareLetter
        {
            Id = OwnedId.Of(member, "letter", "birthday:2026"), MemberId = member, Occasion = "birthday:2026", State = LetterState.Open,
            Text = "生日快乐", On = new DateOnly(2026, 3, 2), Until = new DateOnly(2026, 3, 25), ForgetOn = new DateOnly(2026, 3, 26),
        }.ToCreate()]);
        await club.Store.Commit(member, [new DueVisit
        {
            MemberId = member, LastVisit = new DateOnly(2026, 3, 2), ExpectedBy = new DateOnly(2026, 9, 2), ForgetOn = new DateOnly(2026, 11, 2),
        }.ToCreate()]);
        await club.Get<RootMaker>().Make(default);
        await GoOut(club, member);
        Assert.True((await club.Get<ReferralDesk>().Report(member, new ReferralRequest(PhoneNumber.Parse("13300133000").Value, null, "李雷", null),
            Caller.OperatorAs("A017"), default)).Succeeded);
        await club.Send(Seen("V-1", "2026-02-10", 52_300), Seen("V-2", "2026-03-01", 41_000));
        await Describe(club);
        await club.Send("""
            {"specversion":"1.0","id":"TILL-1","source":"/dms/D021","type":"club.redemption.requested","time":"2026-03-02T10:20:00+08:00",
             "data":{"member":{"phone":"13800138000"},"points":100,"for":{"kind":"bill","amount":700,"dealerId":"D021"}}}
            """);
        await Settle(club);
        club.DeadLetters.Add("work", new DeadMessage(1, "W-1", club.Clock.GetUtcNow(), null, 10, "fault", "{}"));
        Assert.Null(await club.Get<DeadLetters>().Drop("work-1", "已核对", Caller.OperatorAs("A017"), default));
        await Tell(club);
        Assert.True(await club.Get<Projections>().Advance(100, default));
        var lines = new List<string>();
        foreach (var document in await club.Changes())
            lines.Add(new JsonObject { ["partition"] = document.Partition, ["id"] = document.Id, ["type"] = document.Type,
                ["body"] = JsonNode.Parse(document.Json.Span) }.ToJsonString(ClubJson.Options));
        return lines;
    }

    /// <summary>A month closed before anything happened, this month's sums, and a day that is over.</summary>
    private static async Task Settle(ClubFixture club)
    {
        var by = Caller.OperatorAs("A017");
        Assert.True((await club.Get<Settlements>().Close(new StatementMonth(new DateOnly(2026, 2, 1)), by, default)).Succeeded);
        Assert.True((await club.Get<Settlements>().Of(new StatementMonth(new DateOnly(2026, 3, 1)), by, default)).Succeeded);
        Assert.True((await club.Get<Liability>().Of(new DateOnly(2026, 2, 28), default)).Succeeded);
    }

    /// <summary>Somebody is to be told of events and is not there: one waits behind another, one was given up.</summary>
    private static async Task Tell(ClubFixture club)
    {
        var request = new SubscriptionRequest("https://crm.invalid/events", ["club.order.*"]);
        Assert.True((await club.Get<SubscriptionBook>().Put("crm", request, Caller.OperatorAs("A017"), default)).Succeeded);
        var (member, partition) = ("M0000000000000000", Subscription.PartitionOf("crm"));
        var dead = new DeadEvent
        {
            SubscriptionId = "crm", EventId = "evt_1", Member = member, Document = "v:1", Type = EventTypes.OrderDone, At = club.Clock.GetUtcNow(),
            Attempts = 14, Status = 500, ForgetOn = new DateOnly(2026, 4, 1),
        };
        var parcel = new Parcel
        {
            Member = member, Number = 1, Events = [new Waiting("evt_2", "v:2"), new Waiting("evt_3", "v:3")], Attempts = 2, Status = 503,
            FirstAt = club.Clock.GetUtcNow(), DueAt = club.Clock.GetUtcNow().AddMinutes(2),
        };
        var log = new DeliveryLog
        {
            IsOfFailures = true, Part = 0, First = 0,
            Lines = [new DeliveryLine(club.Clock.GetUtcNow(), "evt_2", EventTypes.OrderDone, member, 0, WebhookClient.TimedOut, 15_000, 2)],
        };
        Assert.IsType<CommitResult.Written>(await club.Store.Commit(partition, [dead.ToCreate(), parcel.ToCreate(), log.ToCreate()]));
        var day = new DealerDay
        {
            Check = "rush", On = new DateOnly(2026, 3, 2), Partition = "dealerDays:D021", Bills = 1, Seen = ["0123456789AB"], Usual = 12,
            ForgetOn = new DateOnly(2026, 5, 1),
        };
        Assert.IsType<CommitResult.Written>(await club.Store.Commit(day.Partition, [day.ToCreate()]));
        await club.Get<FeedMarkBook>().Mark("1", default);
    }

    private static string Seen(string id, string on, int odometer) => Events.With(Events.Bill(id, time: $"{on}T10:00:00+08:00"), "data.vehicle",
        new JsonObject { ["vin"] = "LSVFF26R7D2123456", ["odometer"] = odometer });

    /// <summary>Points given away, corrected and exchanged, to somebody who is there and to somebody who has gone meanwhile.</summary>
    private static async Task Give(ClubFixture club, MemberId member)
    {
        var (staff, other) = (Caller.OperatorAs("A017"), (await club.Register("13400134000")).MemberId);
        Assert.True((await club.Get<Adjustments>().Ask(member, new AdjustmentRequest(new WalletCode("club"), Points.Of(900), "补录", null),
            new Command("adjust-1", "a"), staff, default)).Succeeded);
        Assert.True((await club.Get<Families>().Consent(member, other, staff, default)).Succeeded);
        Assert.True((await club.Get<Donations>().Donate(member, new DonationRequest("hope-school", Points.Of(100), null), new Command("d", "a"), staff,
            default)).Succeeded);
        Assert.True((await club.Get<PointTransfers>().Give(member, new TransferPointsRequest(new Receiver(other, null), Points.Of(100), "生日快乐", null),
            new Command("give-1", "a"), staff, default)).Succeeded);
        Assert.True((await club.Get<PartnerBook>().Name("air", "航空公司", staff, default)).Succeeded);
        Assert.True((await club.Get<PartnerBook>().Agree("air", new Agreement(new DateOnly(2026, 3, 2), new DateOnly(2030, 12, 31), Billing.OnIssue,
            0.02m, 0.01m, new ExchangeTerms(0.5m, 2)), staff, default)).Value.IsNew);
        Assert.True((await club.Get<Exchanges>().Exchange(member, new ExchangeRequest("air", ExchangeDirection.Out, Points.Of(100), "AIR-1", null),
            new Command("exchange-1", "a"), staff, default)).Succeeded);
        await club.Store.Commit(other, [new TransferRefusal { TransferId = $"{member}.gone", At = club.Clock.GetUtcNow() }.ToCreate()]);
    }

    /// <summary>A dealer that closes, a budget of it and a plan.</summary>
    private static async Task Describe(ClubFixture club)
    {
        var (dealer, by) = (new DealerId("D040"), Caller.OperatorAs("A017"));
        Assert.True((await club.Get<Dealerships>().Put(dealer, new DealershipRequest("上海一店", null, "上海", null, "021-87654321",
            new Place(31.23m, 121.47m), [Capability.Sales], new DateOnly(2010, 5, 1)), by, default)).Succeeded);
        Assert.True((await club.Get<DealerBudgets>().Ask(dealer, "2026-03", new BudgetRequest(Money.Of(5000), "客户关怀日"), by, default)).Succeeded);
        Assert.True((await club.Get<DealerClosings>().Close(dealer, new CloseRequest(new DateOnly(2030, 12, 31), null, "网络调整"), by, default)).Succeeded);
        var (now, who) = (club.Clock.GetUtcNow(), new ActingPerson("李主任", null));
        var line = new PlanLine(1, now.AddMinutes(1), now, who);
        var version = new PlanVersion { DealerId = dealer, Line = line, Plan = JsonElement.Parse("""{"rules":[]}""") };
        var plan = new DealerPlan { DealerId = dealer, Versions = [line], Pauses = [new PlanPause(now, null, "网络调整", who)] };
        await club.Store.Commit(DealerPlan.PartitionOf(dealer), [version.ToCreate(), plan.ToCreate()]);
    }

    /// <summary>An activity, for which she signed up.</summary>
    private static async Task GoOut(ClubFixture club, MemberId member)
    {
        var (by, now) = (Caller.OperatorAs("A017"), club.Clock.GetUtcNow());
        var wanted = new ActivityRequest("自驾游", "drive", "杭州", null, null, now.AddDays(5), now.AddDays(6), now.AddDays(4), 20, 2, Money.Zero);
        Assert.True((await club.Get<ActivityPlans>().Put("spring-drive", wanted, null, by, default)).Succeeded);
        Assert.True((await club.Get<ActivityPlans>().Go("spring-drive", new ActivityStep(ActivityState.Open), by, default)).Succeeded);
        Assert.True((await club.Get<SignUps>().SignUp(member, "spring-drive", 1, by, default)).Succeeded);
        Assert.True((await club.Get<Invitations>().Send("spring-drive", new InvitationRequest(new InviteeFilter(), "欢迎参加{{ activity }}。"),
            new Command("invite-1", "a"), by, default)).Succeeded);
    }

    /// <summary>A gift with stock, and vouchers of both kinds, one of them with a member.</summary>
    private static async Task OrderGifts(ClubFixture club, MemberId member)
    {
        var by = Caller.OperatorAs("A017");
        var wash = JsonFields.Parse("""{"name":"洗车券","category":"服务","kind":"voucher","from":"2026-01-01","price":{"points":100},"validMonths":6}"""u8.ToArray(),
            body => GiftRequest.Read(body, "WASH")).Value;
        Assert.True((await club.Get<GiftCatalogue>().Put(wash, null, by, default)).Succeeded);
        Assert.True((await club.Get<GiftStocks>().Change("WASH", new StockRequest(10, "到货"), new Command("stock-1", "a"), by, default)).Succeeded);
        Assert.True((await club.Get<VoucherBatches>().Make(new BatchRequest("WASH", 1000, null), new Command("batch-1", "a"), by, default)).Succeeded);
        Assert.True((await club.Get<VoucherBatches>().Make(new BatchRequest("WASH", 1, ["CINEMA-001"]), new Command("batch-2", "a"), by, default)).Succeeded);
        Assert.True((await club.Get<Orders>().Place(member, new OrderRequest("WASH", 2, null, null, null), new Command("order-1", "a"), by, default)).Succeeded);
    }

    /// <summary>An owner whose vehicle is old and who spends enough.</summary>
    private static async Task AskForAnother(ClubFixture club)
    {
        await club.Register("13300133099", form => form with { Vehicles = [new Vehicle("LSVFF26R3D2123499", "明锐", new DateOnly(2020, 1, 1), null)] });
        await club.Send(Events.Bill("A-1", "13300133099", lines: [Events.Line("1", "parts", 50_000m)]));
        await club.Sweep(ClassSweep.Word, RepurchaseSweep.Word);
    }

    private static JsonNode SpringFile()
    {
        var file = JsonNode.Parse(Repository.Read("functions", "Programmes", "skoda.json"))!;
        file["budgets"]!.AsArray().Add(JsonNode.Parse("""{"code":"spring","points":999999999}"""));
        file["earning"]![0]!["budget"] = "spring";
        return file;
    }

    private static Programme Rules() => ProgrammeReader.Read(Encoding.UTF8.GetBytes(SpringFile().ToJsonString()));
}
