using Club.Access;
using Club.Kernel;
using System.Text;
using System.Text.Json.Nodes;
using Club.Care;
using Club.Edges.Site;
using Club.Edges.WeChat;
using Club.Identity;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Tests.Support;
using Club.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

/// <summary>What a function answered.</summary>
/// <param name="Step">The operation, and what distinguishes this call of it.</param>
/// <param name="Body">JSON, or text as a string; null when there is none.</param>
internal sealed record Answer(string Step, int Status, string? MediaType, JsonNode? Body)
{
    public Operation Operation => Operation.Named(Step.Split(' ')[0]);
}

/// <summary>
/// The story that the examples tell, lived through by the club itself: a registration, a bill, a return, a reversal that comes too early, a
/// birthday. The requests are the examples'.
/// </summary>
public sealed class ClubStory : IAsyncLifetime
{
    private const string MemberId = "M0D4Q8ZK2T7WXB3RV";
    private const string FanId = "M7H2V5QKX0N4TZ8RC";
    private const string BuyerId = "M2T9X4CQ7K1ZB5WHN";
    private const string Buyer = "13700137000";
    private const string Fan = "oPlaceholder_OpenId-0001";

    private readonly ClubFixture _club = new();
    private readonly List<Answer> _answers = [];

    internal IReadOnlyList<Answer> Answers => _answers;

    public async ValueTask InitializeAsync()
    {
        await FixIds();
        await Register();
        await Follow();
        await Transact();
        await ReverseTooEarly();
        await Congratulate();
        await ChangeRules();
        await Blunder();
        await Give();
        await Quarrel();
        await GiveUp();
    }

    /// <summary>A message fails at every delivery, and is sent again when its cause is gone.</summary>
    private async Task GiveUp()
    {
        var then = new DateTimeOffset(2026, 3, 2, 12, 30, 4, TimeSpan.FromHours(8));
        _club.DeadLetters.Add("transactions", new DeadMessage(42, "/dms/D021/WO-90417", then, then.AddSeconds(666), 10,
            "StoreException: The store does not answer.", Events.Bill("WO-90417", phone: "13900139000")));
        await Call<DeadLetterFunctions>("DeadLetters", functions => functions.List);
        await Call<DeadLetterFunctions>("DeadLetters limit", functions => functions.List, "limit=500");
        await Call<DeadLetterFunctions>("ResendDeadLetter", functions => (request, token) => functions.Resend(request, "transactions-42", token));
        await Call<DeadLetterFunctions>("ResendDeadLetter again", functions => (request, token) => functions.Resend(request, "transactions-42", token));
    }

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    /// <summary>Member ids are random; a claim that a crash left without its profile says which one to use.</summary>
    private async Task FixIds()
    {
        foreach (var (identity, id) in new[] { (PersonIdentity.Parse(IdentityKind.Phone, "13800138000").Value, MemberId),
            (PersonIdentity.OpenId(Fan).Value, FanId), (PersonIdentity.Parse(IdentityKind.Phone, Buyer).Value, BuyerId) })
        {
            var partition = _club.Get<Claims>().PartitionOf(identity);
            await _club.Store.Commit(partition, [new Claim { Partition = partition, MemberId = new MemberId(id )}.ToCreate()]);
        }
        await _club.Get<Publication>().PublishFile(_club.Get<ProgrammeText>());
    }

    private async Task Register()
    {
        await Site("SiteRegistrations", RequestOf("SiteRegistrations"));
        await Site("SiteRegistrations repeated", RequestOf("SiteRegistrations"));
        await Site("SiteRegistrations reused",
            RequestOf("SiteRegistrations").Replace("13800138000", "13900139000", StringComparison.Ordinal));
        _club.At(2026, 3, 2, 12, 5);
        await _club.Sweep(SmsSweep.Word);
    }

    private async Task Follow()
    {
        await WeChat("WeChatGet", "GET", null, "&echostr=4375120948345356249");
        await WeChat("WeChatPost xml", "POST", (string)Operation.Named("WeChatPost").Request("text/xml")!);
        await WeChat("WeChatPost json", "POST", RequestOf("WeChatPost"));
        await WeChat("WeChatPost other", "POST",
            Events.With(Events.With(RequestOf("WeChatPost"), "MsgType", "image"), "MsgId", 24012345678901235));
    }

    private async Task Transact()
    {
        _club.Clock.SetUtcNow(new(2026, 3, 2, 12, 30, 4, TimeSpan.FromHours(8)));
        await _club.Send(Message("TransactionRecorded", "serviceBill"), Events.Bill("WO-90417", phone: "13900139000"));
        await Call<OperationFunctions>("Parked", functions => functions.ListParked);
        _club.Clock.SetUtcNow(new(2026, 3, 5, 16, 5, 2, TimeSpan.FromHours(8)));
        await _club.Send(Message("TransactionReversed", "partReturned"));
        await Call<MemberFunctions>("Members", functions => functions.Search, "phone=13800138000");
        await Call<MemberFunctions>("Members all", functions => functions.Search, "limit=1");
        await Call<MemberFunctions>("Member", functions => (request, token) => functions.Member(request, MemberId, token));
        await Call<MemberFunctions>("MemberAccount", functions => (request, token) => functions.Account(request, MemberId, token));
        await Call<MemberFunctions>("MemberEntries", functions => (request, token) => functions.Entries(request, MemberId, token));
        await Call<ExplainFunctions>("EntryExplanation", functions => (request, token) => functions.Entry(request, MemberId, "1", token));
        await Call<ExplainFunctions>("Preview", functions => (request, token) => functions.Price(request, "foton", token),
            body: RequestOf("Preview"));
        await Call<WhatIfFunctions>("WhatIf", functions => functions.Run, body: RequestOf("WhatIf"));
        await Call<MemberFunctions>("MemberEntries first", functions => (request, token) => functions.Entries(request, MemberId, token),
            "limit=1");
    }

    private async Task ReverseTooEarly()
    {
        _club.At(2026, 3, 5, 17);
        await _club.Send(Message("TransactionReversed", "cancelled"));
        await Call<OperationFunctions>("Rejections", functions => functions.ListRejections);
        var id = (string)_answers[^1].Body!["items"]![0]!["id"]!;
        await Call<OperationFunctions>("ReplayRejection rejected", functions => (request, token) => functions.Replay(request, id, token));
        await _club.Send(Message("TransactionRecorded", "vehicle"));
        await Call<OperationFunctions>("ReplayRejection booked", functions => (request, token) => functions.Replay(request, id, token));
        await Call<MemberFunctions>("MemberEntries cancelled", functions => (request, token) =>
            functions.Entries(request, MemberId, token));
    }

    private async Task Congratulate()
    {
        _club.At(2026, 8, 17, 0, 5);
        await _club.Sweep(CareSweep.Word);
        _club.At(2026, 8, 17, 8, 0);
        await _club.Sweep(SmsSweep.Word);
        await Call<WebhookFunctions>("SmsEventsPost", functions => functions.Sms, body: RequestOf("SmsEventsPost"));
        await Call<WebhookFunctions>("SmsEventsPost handshake", functions => functions.Sms, body: """
            [{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}}]
            """);
        await Call<OperationFunctions>("Sms", functions => functions.ListSms, $"memberId={MemberId}");
        await Call<OperationFunctions>("Health", functions => functions.Health);
        await Call<FileFunctions>("MemberStatement", functions => (request, token) => functions.Statement(request, MemberId, token),
            body: RequestOf("MemberStatement"));
        await Call<FileFunctions>("MemberStatement again", functions => (request, token) => functions.Statement(request, MemberId, token),
            body: RequestOf("MemberStatement"));
        await Call<FileFunctions>("File", functions => (request, token) =>
            functions.File(request, $"statements/{MemberId}/2026-03.csv", token));
        await Call<DescriptionFunctions>("OpenApi", functions => (request, _) => Task.FromResult(functions.OpenApi(request)));
        await Call<DescriptionFunctions>("AsyncApi", functions => (request, _) => Task.FromResult(functions.AsyncApi(request)));
    }

    /// <summary>A car is sold by VIN; then somebody registers with that VIN, and staff look at the papers.</summary>
    private async Task Quarrel()
    {
        _club.At(2026, 8, 18, 12);
        await _club.Send(Events.Bill("SO-10078", member: new { vin = "LSJA24U62JG269225" }, time: "2026-08-18T11:00:00+08:00",
            lines: [Events.Line("1", "vehicle", 80000m, "V6菱仕")]));
        await _club.Register(Buyer, registration =>
            registration with { Vehicles = [new Vehicle("LSJA24U62JG269225", "V6菱仕", null, null)] });
        await Call<DisputeFunctions>("Disputes", functions => functions.List);
        var id = (string)_answers[^1].Body!["items"]![0]!["id"]!;
        await Call<DisputeFunctions>("SettleDispute", functions => (request, token) => functions.Settle(request, id, token),
            body: RequestOf("SettleDispute"));
        await Call<DisputeFunctions>("SettleDispute unknown", functions => (request, token) => functions.Settle(request, "nothing", token),
            body: RequestOf("SettleDispute"));
        await Call<DisputeFunctions>("SettleDispute missing", functions => (request, token) => functions.Settle(request, id, token),
            body: "{}");
    }

    private async Task Give()
    {
        _club.At(2026, 8, 18, 10);
        await Grant("GrantTier", RequestOf("GrantTier"), "crm-4711");
        await Grant("GrantTier repeated", RequestOf("GrantTier"), "crm-4711");
        await Grant("GrantTier other", Events.With(RequestOf("GrantTier"), "tier", "silver"), "crm-4711");
        await Use("UseBenefit", "car-wash", RequestOf("UseBenefit"));
        await Use("UseBenefit repeated", "car-wash", RequestOf("UseBenefit"));
        await Use("UseBenefit last", "free-maintenance", """{"key":"D021-M-1","dealerId":"D021"}""");
        await Use("UseBenefit used", "free-maintenance", """{"key":"D021-M-2","dealerId":"D021"}""");
        await Call<BenefitFunctions>("MemberBenefits", functions => (request, token) => functions.List(request, MemberId, token));
        _club.At(2026, 8, 18, 11);
        await Call<BenefitFunctions>("UndoBenefitUse", functions => (request, token) =>
            functions.Undo(request, MemberId, "car-wash", "D021-W-88213", token), "reason=%E8%AF%AF%E6%89%AB&author=A017");
        await Call<TierFunctions>("WithdrawTier", functions => (request, token) => functions.Withdraw(request, MemberId, token),
            "reason=%E5%90%88%E4%BD%9C%E7%BB%93%E6%9D%9F&author=A017");
        await Use("UseBenefit ordinary", "car-wash", """{"key":"D021-W-88214"}""");
    }

    private Task Grant(string step, string body, string? key = null, string memberId = MemberId) => Call<TierFunctions>(
        step, functions => (request, token) =>
        functions.Grant(request, memberId, token), body: body, prepare: request => request.Headers["idempotency-key"] = key);

    private Task Use(string step, string benefit, string body, string memberId = MemberId) =>
        Call<BenefitFunctions>(step, functions => (request, token) => functions.Use(request, memberId, benefit, token), body: body);
    private async Task ChangeRules()
    {
        await Programmes("SaveProgrammeDraft", functions => functions.Save, body: Draft("1.1", "2026-09-01"));
        await Programmes("ProgrammeDraft", functions => functions.Draft);
        await Programmes("PublishProgramme", functions => functions.Publish, body: RequestOf("PublishProgramme"));
        await Programmes("PublishProgramme repeated", functions => functions.Publish, body: RequestOf("PublishProgramme"));
        await Call<ProgrammeFunctions>("Programmes", functions => functions.List);
        await Call<ProgrammeFunctions>("ProgrammeVersion", functions => (request, token) =>
            functions.Version(request, "foton", "1.0", token));
        await Programmes("ProgrammeAudit", functions => functions.Audit, query: "limit=1");
    }

    private async Task BlunderWithRules()
    {
        await Programmes("SaveProgrammeDraft wrong", functions => functions.Save, body: Draft("1.2", "soon"));
        await Programmes("PublishProgramme wrong", functions => functions.Publish, body: RequestOf("PublishProgramme"));
        await Programmes("SaveProgrammeDraft late", functions => functions.Save, body: Draft("1.2", "2026-08-17"));
        await Programmes("PublishProgramme late", functions => functions.Publish, body: RequestOf("PublishProgramme"));
        await Programmes("PublishProgramme missing", functions => functions.Publish, body: "{}");
        await Programmes("SaveProgrammeDraft missing", functions => functions.Save, body: """{"author":"李编辑"}""");
        await Programmes("SaveProgrammeDraft surrogate", functions => functions.Save,
            body: """{"author":"李编辑","programme":{"name":"\ud800"}}""");
        await Programmes("SaveProgrammeDraft large", functions => functions.Save, body: new string(' ', 1024 * 1024) + "{}");
        await Programmes("SaveProgrammeDraft changed", functions => functions.Save, body: Draft("1.2", "2026-09-01"), tag: "\"0\"");
        await Programmes("PublishProgramme changed", functions => functions.Publish, body: RequestOf("PublishProgramme"), tag: "\"0\"");
        await Programmes("ProgrammeDraft unknown", functions => functions.Draft, id: "skoda");
        await Programmes("SaveProgrammeDraft unknown", functions => functions.Save, id: "skoda", body: "{}");
        await Programmes("PublishProgramme unknown", functions => functions.Publish, id: "skoda", body: "{}");
        await Programmes("ProgrammeAudit unknown", functions => functions.Audit, id: "skoda");
        await Programmes("ProgrammeAudit limit", functions => functions.Audit, query: "limit=500");
        await Call<ProgrammeFunctions>("ProgrammeVersion unknown", functions => (request, token) =>
            functions.Version(request, "skoda", "1.0", token));
        await Call<ProgrammeFunctions>("ProgrammeVersion other", functions => (request, token) =>
            functions.Version(request, "foton", "9", token));
    }

    private Task Programmes(
        string step, Func<ProgrammeFunctions, Func<HttpRequest, string, CancellationToken, Task<IResult>>> function, string id = "foton",
        string? body = null, string query = "", string? tag = null) =>
        Call<ProgrammeFunctions>(step, functions => (request, token) => function(functions)(request, id, token), query, body, request =>
            request.Headers.IfMatch = tag);

    /// <summary>The whole programme as another version, with 2 % for designated goods.</summary>
    private string Draft(string version, string effectiveFrom)
    {
        var programme = JsonNode.Parse(_club.Get<ProgrammeText>().Json.GetRawText())!;
        var goods = programme["earning"]!.AsArray().Single(rule => (string)rule!["id"]! == "designated-goods")!;
        (programme["version"], programme["effectiveFrom"], goods["award"]!["rate"]) = (version, effectiveFrom, 0.02m);
        return new JsonObject { ["author"] = "李编辑", ["programme"] = programme }.ToJsonString();
    }

    private async Task Blunder()
    {
        await BlunderWithRules();
        var tooLarge = new string(' ', 64 * 1024) + "{}";
        await Site("SiteRegistrations missing", """{"type":"member.registered","data":{"name":"王伟"}}""");
        await Site("SiteRegistrations unsigned", RequestOf("SiteRegistrations"), signature: "v1,AAAA");
        await Site("SiteRegistrations large", tooLarge);
        await Call<WebhookFunctions>("SmsEventsPost malformed", functions => functions.Sms,
            body: """[{"id":"1","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","data":{}}]""");
        await Call<WebhookFunctions>("SmsEventsPost large", functions => functions.Sms, body: tooLarge);
        await Call<FileFunctions>("MemberStatement open", functions => (request, token) => functions.Statement(request, MemberId, token),
            body: """{"month":"2026-08"}""");
        await Call<FileFunctions>("File name", functions => (request, token) => functions.File(request, "../club.db", token));
        await Call<WeChatFunctions>("WeChatGet unsigned", functions => functions.Run, "signature=0&timestamp=1&nonce=1&echostr=1");
        await WeChat("WeChatGet changed", "GET", null, "&echostr=4375120948345356249+1");
        await WeChat("WeChatPost malformed", "POST", "<xml><ToUserName>gh_placeholder</ToUserName></xml>", "&encrypt_type=rsa");
        await WeChat("WeChatPost large", "POST", tooLarge);
        var signature = WeChatSignature.Of("AAAAA", WeChatTime, "1", "AAAA");
        await Call<WeChatFunctions>("WeChatPost undecryptable", functions => functions.Run,
            $"encrypt_type=aes&timestamp={WeChatTime}&nonce=1&msg_signature={signature}", """{"Encrypt":"AAAA"}""");
        await Call<MemberFunctions>("Members mistyped", functions => functions.Search, "card=183538541322");
        await Call<MemberFunctions>("Member unknown", functions => (request, token) =>
            functions.Member(request, "M0000000000000000", token));
        await Call<MemberFunctions>("MemberAccount unknown", functions => (request, token) =>
            functions.Account(request, "M0000000000000000", token));
        await Grant("GrantTier unknown", RequestOf("GrantTier"), memberId: "M0000000000000000");
        await Grant("GrantTier mistyped", Events.With(RequestOf("GrantTier"), "tier", "platinum"));
        await Grant("GrantTier large", tooLarge);
        await Call<TierFunctions>("WithdrawTier unknown", functions => (request, token) =>
            functions.Withdraw(request, "M0000000000000000", token));
        await Call<TierFunctions>("WithdrawTier long", functions => (request, token) => functions.Withdraw(request, MemberId, token),
            "author=" + new string('A', 129));
        await Call<BenefitFunctions>("MemberBenefits unknown", functions => (request, token) =>
            functions.List(request, "M0000000000000000", token));
        await Use("UseBenefit unknown", "car-wash", RequestOf("UseBenefit"), "M0000000000000000");
        await Use("UseBenefit missing", "car-wash", "{}");
        await Use("UseBenefit large", "car-wash", tooLarge);
        await Call<BenefitFunctions>("UndoBenefitUse unknown", functions => (request, token) =>
            functions.Undo(request, "M0000000000000000", "car-wash", "K1", token));
        await Call<BenefitFunctions>("UndoBenefitUse long", functions => (request, token) =>
            functions.Undo(request, MemberId, "car-wash", "K1", token), "author=" + new string('A', 129));
        await Call<MemberFunctions>("MemberEntries unknown", functions => (request, token) =>
            functions.Entries(request, "M0000000000000000", token));
        await Call<ExplainFunctions>("Preview large", functions => (request, token) => functions.Price(request, "foton", token),
            body: tooLarge);
        await Call<ExplainFunctions>("Preview empty", functions => (request, token) => functions.Price(request, "foton", token),
            body: "{}");
        await Call<WhatIfFunctions>("WhatIf empty", functions => functions.Run, body: "{}");
        await Call<MemberFunctions>("MemberEntries limit", functions => (request, token) => functions.Entries(request, MemberId, token),
            "limit=500");
        await Call<OperationFunctions>("Rejections limit", functions => functions.ListRejections, "limit=500");
        await Call<OperationFunctions>("Parked limit", functions => functions.ListParked, "limit=500");
        await Call<OperationFunctions>("Sms missing", functions => functions.ListSms);
    }

    private static string RequestOf(string operation) => Description.Text(Operation.Named(operation).Request("application/json"));

    private static string Message(string message, string example) =>
        Description.Text(Description.AsyncApi.Find($"#/components/messages/{message}/examples")!.AsArray().Single(candidate =>
            (string)candidate!["name"]! == example)!["payload"]!);

    private Task Site(string step, string body, string? signature = null)
    {
        var now = _club.Clock.GetUtcNow();
        var headers = StandardWebhook.Sign("msg_" + body.Length, now, Encoding.UTF8.GetBytes(body),
            WebhookSecret.Parse(ClubFixture.WebhookSecret).Value);
        return Call<WebhookFunctions>(step, functions => functions.Site, body: body, prepare: request =>
        {
            request.Headers[WebhookHeaders.IdName] = headers.Id;
            request.Headers[WebhookHeaders.TimestampName] = headers.Timestamp;
            request.Headers[WebhookHeaders.SignatureName] = signature ?? headers.Signature;
        });
    }

    private string WeChatTime => _club.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Task WeChat(string step, string verb, string? body, string more = "") =>
        Call<WeChatFunctions>(
            step, functions => functions.Run,
            $"timestamp={WeChatTime}&nonce=872461035&signature={WeChatSignature.Of("AAAAA", WeChatTime, "872461035")}{more}", body,
            request => request.Method = verb);

    private async Task Call<T>(
        string step, Func<T, Func<HttpRequest, CancellationToken, Task<IResult>>> function, string query = "", string? body = null,
        Action<HttpRequest>? prepare = null)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Features.Set(Caller.Operator);
        context.Request.Method = body is null ? "GET" : "POST";
        context.Request.QueryString = new(query.Length == 0 ? "" : "?" + query);
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        prepare?.Invoke(context.Request);
        using var response = new MemoryStream();
        context.Response.Body = response;
        var result = await function(ActivatorUtilities.CreateInstance<T>(_club.Get<IServiceProvider>()))(context.Request,
            TestContext.Current.CancellationToken);
        await result.ExecuteAsync(context);
        var mediaType = context.Response.ContentType?.Split(';')[0];
        var text = Encoding.UTF8.GetString(response.ToArray());
        var isJson = mediaType is "application/json" || mediaType?.EndsWith("+json", StringComparison.Ordinal) == true;
        _answers.Add(new Answer(step, context.Response.StatusCode, mediaType, text.Length == 0 ? null : isJson ? JsonNode.Parse(text)
            : JsonValue.Create(text)));
    }
}
