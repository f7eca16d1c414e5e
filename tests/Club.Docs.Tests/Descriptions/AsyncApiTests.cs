using Club.Access;
using Club.Local;
using System.Reflection;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Outgoing;
using Club.Programmes;
using Club.Running;
using Club.Spending;
using Club.Store;
using Club.Tests.Support;
using Club.Transactions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

public sealed class AsyncApiTests
{
    private static readonly Description Document = Description.AsyncApi;
    private static readonly ClubCalendar Calendar = new(new FakeTimeProvider(new(2026, 3, 6, 0, 0, 0, TimeSpan.Zero)),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
    private static readonly ProgrammeVersions Rules = new(Calendar.Today, ProgrammeLoader.Load("skoda"));
    private static readonly TransactionReader Reader = new(Calendar, [new RequestsOnly()]);

    /// <summary>What no schema can say: lists of the programme, check digits, full-width digits, and dates on the right side of
    /// today.</summary>
    private static readonly string[] BeyondSchemas =
    [
        "unknown-dealer", "phone-invalid", "card-format", "card-check-digit", "vin-length", "vin-character", "vin-check-digit",
            "future-date", "date-out-of-range",
        "duplicate-line", "too-many-decimals",
    ];

    public static TheoryData<string, string> Examples()
    {
        var rows = new TheoryData<string, string>();
        foreach (var message in new[] { "TransactionRecorded", "TransactionReversed", "TransactionConfirmed", "RedemptionRequested" })
            foreach (var example in Document.Find($"#/components/messages/{message}/examples")!.AsArray())
                rows.Add(message, (string)example!["name"]!);
        return rows;
    }

    [Fact]
    public void Every_reference_leads_somewhere() =>
        Assert.All(Document.References(), reference => Assert.True(Document.Find(reference) is not null, reference));

    [Fact]
    public void Every_queue_that_a_function_reads_is_a_channel_with_an_operation_of_its_name()
    {
        var functions = from type in typeof(ClubComposition).Assembly.GetTypes()
                        where type.Namespace == "Club.Triggers"
                        from method in type.GetMethods()
                        let function = method.GetCustomAttribute<FunctionAttribute>()
                        where function is not null
                        from parameter in method.GetParameters()
                        let trigger = parameter.GetCustomAttribute<ServiceBusTriggerAttribute>()
                        where trigger is not null
                        select $"{function.Name}: {trigger.QueueName}";
        var operations = from operation in Document.Root["operations"]!.AsObject()
                         where (string)operation.Value!["action"]! == "receive"
                         select $"{operation.Key}: {Document.Follow(operation.Value!["channel"]!)["address"]}";
        Assert.Equal(functions.Order(), operations.Order());
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_taken_by_the_club_and_fits_its_schema(string message, string example)
    {
        var payload = Payload(message, example);
        var read = Reader.Read(Description.Text(payload), Rules);

        Assert.Null(read.Problem);
        Assert.Equal((string)payload["id"]!, read.Value.Id);
        Assert.Empty(Errors(message, payload, strict: true));
    }

    /// <summary>
    /// Every member of every example is left out, made null, blank or of another type, and pushed beyond its limits: the schema refuses
    /// what the club refuses for its form, and nothing that the club takes.
    /// </summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public void The_schema_and_the_club_agree_on_every_change_of_an_example(string message, string example)
    {
        var changes = 0;
        foreach (var (what, changed) in Changes.Of(Payload(message, example)))
        {
            var problem = Reader.Read(Description.Text(changed), Rules).Problem;
            if (problem is not null && BeyondSchemas.Contains(problem.Code)) continue;
            var errors = Errors(message, changed, strict: false);
            Assert.True(problem is null == (errors.Count == 0),
                $"{what}: the club says {problem?.Message ?? "yes"}; the schema says {(errors.Count == 0 ? "yes" : string.Join(' ', errors))}");
            changes++;
        }
        Assert.True(changes > 60, $"Only {changes} changes were tried.");
    }

    [Fact]
    public async Task What_a_till_is_answered_fits_its_schema()
    {
        await using var club = new ClubFixture("skoda");
        club.At(2026, 3, 6);
        var member = (await club.Register()).MemberId;
        var request = Payload("RedemptionRequested", "bill");
        request["data"]!["member"] = new JsonObject { ["memberId"] = member.Value };
        await club.Send(Description.Text(request));
        Assert.True((await club.Get<Adjustments>().Ask(member, new AdjustmentRequest(new WalletCode("club"), Points.Of(900), "补录", null),
            new Command("adjust-1", "a"), Caller.OperatorAs("A017"), TestContext.Current.CancellationToken)).Succeeded);
        request["id"] = "TILL-7-4712";
        await club.Send(Description.Text(request));

        var answers = club.Answers.Sent.Select(answer => JsonNode.Parse(answer.Json)!).ToList();
        Assert.NotNull(answers[0]["data"]!["problem"]);
        Assert.NotNull(answers[1]["data"]!["redemption"]);
        foreach (var answer in answers.Append(Payload("RedemptionAnswered", "refused")))
        {
            Assert.Empty(Errors("RedemptionAnswered", answer, strict: false));
            Assert.Empty(Description.OpenApi.Schemas.Errors(Description.OpenApi.Schema("AnsweredRequest"), answer["data"]!, false));
        }
    }

    private static readonly string[] Told = ["MemberTold", "PointsTold", "TierTold", "OrderTold", "SmsTold", "TestTold"];

    [Fact]
    public async Task Every_event_that_goes_out_fits_its_schema_and_every_type_is_described()
    {
        await using var club = new ClubFixture("skoda");
        var member = (await club.Register()).MemberId;
        await club.Register("13900139000", registration => registration with { Phone = null, OpenId = "oPlaceholder_OpenId-00000002" });
        await club.Register("13800138000", registration => registration with { OpenId = "oPlaceholder_OpenId-00000002" });
        await club.Send(Events.Bill("B-1", lines: [Events.Line("1", "parts", 300_000m)]), Events.Return("B-1", "R-1"));
        Assert.True((await club.Get<Adjustments>().Ask(member, new AdjustmentRequest(new WalletCode("club"), Points.Of(9), "补录", null),
            new Command("adjust-1", "a"), Caller.OperatorAs("A017"), TestContext.Current.CancellationToken)).Succeeded);
        var told = (await club.Changes()).Select(EventRules.Of).OfType<ClubEvent>().ToList();
        Assert.Superset(new HashSet<string> { EventTypes.Registered, EventTypes.Merged, EventTypes.Accrued, EventTypes.Reversed, EventTypes.TierChanged },
            told.Select(one => one.Type).ToHashSet());
        var ofType = Told.SelectMany(message => Types(message).Select(type => (type, message))).ToDictionary();
        Assert.Equal(EventTypes.All.Append(EventTypes.Test).Order(), ofType.Keys.Order());
        foreach (var one in told) Assert.Empty(Errors(ofType[one.Type], JsonNode.Parse(one.ToJson())!, strict: true));
        foreach (var message in Told)
            foreach (var example in Document.Find($"#/components/messages/{message}/examples")!.AsArray())
                Assert.Empty(Errors(message, example!["payload"]!, strict: true));
    }

    private static IEnumerable<string> Types(string message)
    {
        var type = Document.Schema(message)["properties"]!["type"]!;
        return type["enum"]?.AsArray().Select(one => (string)one!) ?? [(string)type["const"]!];
    }

    [Fact]
    public async Task The_sweep_example_is_worked_off()
    {
        await using var club = new ClubFixture();
        var payload = Payload("Sweep", "care");

        Assert.Empty(Errors("Sweep", payload, strict: true));
        Assert.Equal(3, (await club.Get<Work>().Handle(Description.Text(payload), TestContext.Current.CancellationToken)).Count);
        await Assert.ThrowsAsync<FormatException>(() =>
            club.Get<Work>().Handle("""{"sweeps":["care"],"bucket":64}""", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_sweep_is_named()
    {
        await using var club = new ClubFixture();
        Assert.Equal(club.Get<IEnumerable<ISweep>>().Select(sweep => sweep.Name).Concat(club.Get<IEnumerable<IJob>>()
            .Select(job => job.Name)).Order(),
            Document.Schema("Sweep")["properties"]!["sweeps"]!["items"]!["enum"]!.AsArray().Select(name => (string)name!).Order());
    }

    private sealed class RequestsOnly : IHandlesEvents
    {
        public string Type => RequestedRedemption.EventType;

        public Asked? Read(JsonFields data, string source, string id, string raw) => RequestedRedemption.Read(data, source, id, raw);

        public Task Handle(Asked asked, CancellationToken cancellation) => throw new NotSupportedException("Only read here.");
    }

    private static JsonNode Payload(string message, string example) =>
        Document.Find($"#/components/messages/{message}/examples")!.AsArray()
            .Single(candidate => (string)candidate!["name"]! == example)!["payload"]!.DeepClone();

    private static IReadOnlyList<string> Errors(string message, JsonNode payload, bool strict) =>
        Document.Schemas.Errors(Document.Find($"#/components/messages/{message}/payload")!, payload, strict);
}
