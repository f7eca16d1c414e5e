using System.Text.Json.Nodes;
using Club.Edges.WeChat;
using Club.Tests.Support;

namespace Club.Azure.Tests.Hosts;

/// <summary>Calls of every function, good and bad, in an order in which each has something to find.</summary>
internal static partial class CallList
{
    private const string Phone = "13800040001";

    public static IEnumerable<Call> All =>
        [.. Website, .. Queue, .. WeChat, .. Members, .. Staff, .. Adjusting, .. Spending, .. Giving, .. Partners, .. Settling, .. Subscriptions, .. Branches, .. Referrals, .. Doubts, .. Dealers, .. Activities, .. Gifts, .. Operations, .. Programmes, .. Sms, .. Files, .. Probes, .. Console, .. Strangers, .. TooLarge];

    private static IEnumerable<Call> Website =>
    [
        Site("w1", """{"type":"member.registered","data":{"phone":"13800040001","name":"王伟","birthday":"1990-12-01","city":"北京","dealerId":"D021","hobbies":["自驾"],"vehicles":[{"vin":"LSJA24U62JG269225","model":"明锐","purchasedOn":"2026-01-10","plate":"京A12345"}],"consents":{"sms":true}}}""", "m=memberId"),
        Site("w1", """{"type":"member.registered","data":{"phone":"13800040001"}}"""),
        Site("w2", """{"type":"member.registered","data":{"phone":"+86 13800040001"}}""", "c=cardNumber"),
        Site("w3", """{"type":"member.registered","data":{"name":"nobody"}}"""),
        Site("w4", """{"type":"member.registered","data":{"phone":"12345"}}"""),
        Site("w5", """{"type":"member.registered","data":{"phone":13800040001}}"""),
        Site("w6", """{"type":"member.registered","data":{"phone":"13800040002","vehicles":[{"vin":"LSJA24U62JG269226"}]}}"""),
        Site("w7", """{"type":"member.vanished","data":{}}"""),
        Site("w8", "no JSON"),
        Site("w9", """{"type":"member.registered","data":{"phone":"13800040003","consents":{"sms":"yes"}}}"""),
        Site("w10", """{"type":"member.registered","data":{"phone":"13800040004","dealerId":"D404"}}"""),
        new("SiteRegistrations", "POST", "/api/webhooks/registrations", "{}"),
        new("SiteRegistrations", "POST", "/api/webhooks/registrations",
        "{}") { Headers = { ["webhook-id"] = "x", ["webhook-timestamp"] = "1", ["webhook-signature"] = "v1,AAAA" } },
    ];

    private static IEnumerable<Call> Queue =>
    [
        Bills(Events.Bill("A-1", Phone), Events.Bill("A-1", Phone), Events.Bill("A-2", "13800049999"),
            Events.Bill("A-3", Phone, time: "soon"), "no event"),
        Bills(Events.Return("A-1", "A-R1", [new { lineId = "1", amount = 100m }])),
        Bills(Events.Return("A-404", "A-R2")),
        Bills(Events.Bill("A-4", member: new { phone = "1" }), Events.Bill("A-5", member: new { memberId = "M0" })),
    ];

    private static IEnumerable<Call> WeChat =>
    [
        Chat("GET", null, "&echostr=4711"),
        Chat("POST", Message("text", "<Content><![CDATA[积分]]></Content><MsgId>1</MsgId>")),
        Chat("POST", Message("text", "<Content><![CDATA[积分]]></Content><MsgId>1</MsgId>")),
        Chat("POST", Message("text", "<Content><![CDATA[等级]]></Content><MsgId>2</MsgId>")),
        Chat("POST", Message("event", "<Event><![CDATA[subscribe]]></Event>")),
        Chat("POST", Message("image", "<MsgId>3</MsgId>")),
        Chat("POST", "<xml><ToUserName>gh</ToUserName></xml>"),
        Chat("POST", "<!DOCTYPE x [<!ENTITY a 'b'>]><xml>&a;</xml>"),
        Chat("POST", "no XML"),
        new("WeChat", "GET", "/api/wechat?signature=0&timestamp=1&nonce=1&echostr=1"),
        new("WeChat", "GET", "/api/wechat"),
        new("WeChat", "POST", "/api/wechat?encrypt_type=aes&timestamp=1&nonce=1&msg_signature=0", "<xml><Encrypt>AAAA</Encrypt></xml>"),
    ];

    private static IEnumerable<Call> Members =>
    [
        Get("Members", $"/api/members?phone={Phone}"), Get("Members", "/api/members?card={c}"),
            Get("Members", "/api/members?vin=LSJA24U62JG269225"),
        Get("Members", "/api/members?openId=oFan_1"), Get("Members", "/api/members?name=%E7%8E%8B%E4%BC%9F"),
        Get("Members", "/api/members?limit=200"), Get("Members", "/api/members"),
        Get("Members", "/api/members?limit=0"), Get("Members", "/api/members?limit=many"),
        Get("Members", "/api/members?continuation=bogus"), Get("Members", "/api/members?phone="),
        Get("Members", "/api/members?shoe=43"), Get("Members", "/api/members?card=183538541322"), Get("Members", "/api/members?vin=SHORT"),
        Get("Members", "/api/members?phone=%00"),
        Get("Member", "/api/members/{m}"), Get("Member", "/api/members/M0000000000000000"), Get("Member", "/api/members/%E7%8E%8B"),
        Get("Member", "/api/members/a%2Fb"),
        Get("MemberAccount", "/api/members/{m}/account"), Get("MemberAccount", "/api/members/M0/account"),
        Get("MemberEntries", "/api/members/{m}/entries"), Get("MemberEntries", "/api/members/{m}/entries?limit=1"),
        Get("MemberEntries", "/api/members/{m}/entries?limit=500"), Get("MemberEntries", "/api/members/{m}/entries?chain=own&limit=1"), Get("MemberEntries", "/api/members/{m}/entries?chain=all"), Get("MemberEntries", "/api/members/M0/entries?chain=own"),
        Get("MemberEntries", "/api/members/{m}/entries?continuation=x"), Get("MemberEntries", "/api/members/M0/entries"),
        Get("EntryExplanation", "/api/members/{m}/entries/1/explanation"),
        Get("EntryExplanation", "/api/members/{m}/entries/1/explanation?language=en"),
        Get("EntryExplanation", "/api/members/{m}/entries/99/explanation"),
        Get("EntryExplanation", "/api/members/{m}/entries/x/explanation"),
        Get("MemberProof", "/api/members/{m}/proof"), Get("MemberProof", "/api/members/M0/proof"), Get("MemberProof", "/api/members/{m}/proof?day=today"),
        Get("ProofRoots", "/api/proof/roots"), Get("ProofRoots", "/api/proof/roots?day=2026-13-01"), Get("ProofRoots", "/api/proof/roots?limit=0"),
        Get("ProofRoots", "/api/proof/roots?continuation=x"),
        Get("MemberBenefits", "/api/members/{m}/benefits"), Get("MemberBenefits", "/api/members/M0/benefits"),
    ];

    private static IEnumerable<Call> Staff =>
    [
        Grant("""{"tier":"gold","until":"2099-12-31","reason":"合作","author":"A017"}""", "g1"),
            Grant("""{"tier":"gold","until":"2099-12-31","reason":"合作","author":"A017"}""", "g1"),
        Grant("""{"tier":"silver","until":"2099-12-31","reason":"合作","author":"A017"}""", "g1"), Grant("""{"tier":"platinum"}"""),
        Grant("{}"), Grant("["), Grant("{}", new string('k', 200)),
        new("GrantTier", "POST", "/api/members/M0/tier", """{"tier":"gold","until":"2099-12-31","reason":"x","author":"y"}"""),
        new("UseBenefit", "POST", "/api/members/{m}/benefits/car-wash/use", """{"key":"U-1","dealerId":"D021"}"""),
        new("UseBenefit", "POST", "/api/members/{m}/benefits/car-wash/use", """{"key":"U-1","dealerId":"D021"}"""),
        new("UseBenefit", "POST", "/api/members/{m}/benefits/nothing/use", """{"key":"U-2"}"""),
        new("UseBenefit", "POST", "/api/members/{m}/benefits/car-wash/use", "{}"),
        new("UndoBenefitUse", "DELETE", "/api/members/{m}/benefits/car-wash/use/U-1?reason=x&author=y"),
        new("UndoBenefitUse", "DELETE", "/api/members/{m}/benefits/car-wash/use/U-404"),
        new("WithdrawTier", "DELETE", "/api/members/{m}/tier?reason=x&author=y"),
        new("WithdrawTier", "DELETE", "/api/members/{m}/tier?author=" + new string('a', 100)),
        new("WithdrawTier", "DELETE", "/api/members/M0/tier"),
    ];

    private static IEnumerable<Call> Branches =>
    [
        new("CorrectMember", "PATCH", "/api/members/{m}", """{"city":"上海","hobbies":["帆船"],"author":"A017"}"""), new("CorrectMember", "PATCH", "/api/members/{m}", "{}"),
        new("CorrectMember", "PATCH", "/api/members/M0", """{"city":"上海","author":"A017"}"""),
        new("CorrectMember", "PATCH", "/api/members/{m}", """{"phone":"12345","author":"A017"}"""),
        new("ChangeConsents", "PUT", "/api/members/{m}/consents", """{"sms":true,"author":"A017"}"""),
        new("ChangeConsents", "PUT", "/api/members/{m}/consents", """{"sms":"no"}"""),
        Get("MemberHistory", "/api/members/{m}/history"), Get("MemberHistory", "/api/members/M0/history"),
        Get("ExportMember", "/api/members/M0/export"),
        new("TransferMember", "POST", "/api/members/{m}/transfer", """{"dealerId":"D022","reason":"搬家","author":"A017"}"""),
        new("TransferMember", "POST", "/api/members/{m}/transfer", """{"dealerId":"D404","reason":"x","author":"A017"}"""),
        new("TransferMember", "POST", "/api/members/M0/transfer", """{"dealerId":"D022","reason":"x","author":"A017"}"""),
        Get("MemberValue", "/api/members/{m}/value"), Get("MemberValue", "/api/members/M0/value"),
        Get("MemberMaintenance", "/api/members/{m}/maintenance"), Get("MemberMaintenance", "/api/members/M0/maintenance"),
        Get("Today", "/api/desk/today"), Get("Today", "/api/desk/today?dealerId=D021"), Get("Churn", "/api/churn"), Get("Churn", "/api/churn?dealerId=D021&valueClass=D&limit=2"), Get("Churn", "/api/churn?valueClass=A"),
        Get("Churn", "/api/churn?limit=0"), Get("ValueMatrix", "/api/value/matrix"), Get("ValueMatrix", "/api/value/matrix?dealerId=D021"), Get("ValueMatrix", "/api/value/matrix?month=2026-02"), Get("ValueMatrix", "/api/value/matrix?month=x"),
        Get("SharedCard", "/api/cards/x/card.html"), Get("SharedCard", "/api/cards/M0.20261231.x/card.png"),
        Get("MemberCode", "/api/members/{m}/codes/card.gif"), Get("MemberCode", "/api/members/M0/codes/referral.png"),
        Get("CareEffects", "/api/care/effects"), Get("CareEffects", "/api/care/effects?from=2026-02&to=2026-01"),
        Get("Calls", "/api/calls?on=2026-12-31"), Get("Calls", "/api/calls?state=later"), Get("Calls", "/api/calls?on=today"),
        new("TakeCall", "POST", "/api/calls/none/outcomes", """{"outcome":"reached","author":"A017"}"""),
        new("TakeCall", "POST", "/api/calls/none/outcomes", """{"outcome":"sung","author":"A017"}"""),
        Get("Letters", "/api/letters"), Get("Letters", "/api/letters?state=later"), Get("Letters", "/api/letters?format=csv"),
        Get("Letters", "/api/letters?format=pdf"),
        new("TakeLetter", "POST", "/api/letters/none/outcomes", """{"outcome":"sent","author":"A017"}"""),
        new("TakeLetter", "POST", "/api/letters/none/outcomes", """{"outcome":"burnt","author":"A017"}"""),
        new("AssignCall", "POST", "/api/calls/none/advisor", """{"advisor":"小赵","author":"A017"}"""),
        new("AssignCall", "POST", "/api/calls/none/advisor", """{"advisor":7,"author":"A017"}"""),
        new("AssignCall", "POST", "/api/calls/none/advisor", """{"advisor":"小赵","free":true,"author":"A017"}"""),
        Get("Transfers", "/api/transfers?dealerId=D022"), Get("Transfers", "/api/transfers?direction=up"),
        new("OpenComplaint", "POST", "/api/members/{m}/complaints", """{"subject":"等待","text":"三小时","author":"A017"}""", "k=id"),
        new("OpenComplaint", "POST", "/api/members/{m}/complaints", """{"text":"三小时","author":"A017"}"""),
        new("FollowComplaint", "POST", "/api/members/{m}/complaints/{k}/notes", """{"text":"已致电","state":"resolved","author":"A017"}"""),
        new("FollowComplaint", "POST", "/api/members/{m}/complaints/none/notes", """{"text":"x","author":"A017"}"""),
        Get("MemberComplaints", "/api/members/{m}/complaints"), Get("Complaints", "/api/complaints?state=resolved"),
        Get("Complaints", "/api/complaints?state=angry"),
        new("Apply", "POST", "/api/applications", """{"phone":"13800040077","name":"赵敏","author":"A017"}""", "p=applicationId"),
        new("Apply", "POST", "/api/applications", """{"name":"赵敏","author":"A017"}"""),
        Get("Applications", "/api/applications?state=applied"), Get("Applications", "/api/applications?state=lost"),
        new("RefuseApplication", "POST", "/api/applications/none/refuse", """{"reason":"x","author":"A017"}"""),
        new("RefuseApplication", "POST", "/api/applications/{p}/refuse", """{"author":"A017"}"""),
        new("ApproveApplication", "POST", "/api/applications/{p}/approve", """{"author":"A017"}""", "e=memberId"),
        new("EraseMember", "POST", "/api/members/{e}/erase", """{"reason":"赵敏 13800040077","author":"A017"}"""),
        new("EraseMember", "POST", "/api/members/{e}/erase", """{"reason":"本人申请","author":"A017"}"""),
        Get("Erasure", "/api/members/{e}/erasure"), Get("Erasure", "/api/members/M0/erasure"), Get("Member", "/api/members/{e}"),
    ];

    private static IEnumerable<Call> Operations =>
    [
        Get("Rejections", "/api/rejections", "r=items.sourceId:A-3.id"), Get("Rejections", "/api/rejections?limit=500"),
            Get("Rejections", "/api/rejections?continuation=x"),
        new("ReplayRejection", "POST", "/api/rejections/{r}/replay", ""),
        new("ReplayRejection", "POST", "/api/rejections/nothing/replay", ""),
        new("ApproveRejection", "POST", "/api/rejections/{r}/approve", """{"author":"F004","reason":"x"}"""),
        new("ApproveRejection", "POST", "/api/rejections/nothing/approve", """{"author":"F004","reason":"x"}"""),
        new("ApproveRejection", "POST", "/api/rejections/{r}/approve", "{}"),
        Get("Parked", "/api/parked"), Get("Parked", "/api/parked?limit=x"),
        Get("DeadLetters", "/api/dead-letters"), Get("DeadLetters", "/api/dead-letters?queue=work&limit=5"),
        Get("DeadLetters", "/api/dead-letters?queue=sms"), Get("DeadLetters", "/api/dead-letters?continuation=work-x"),
        Get("DeadLetter", "/api/dead-letters/transactions-7"), Get("DroppedLetters", "/api/dropped-letters"), Get("DroppedLetters", "/api/dropped-letters?limit=x"),
        new("DropDeadLetter", "POST", "/api/dead-letters/transactions-7/drop", """{"reason":"已核对"}"""), new("DropDeadLetter", "POST", "/api/dead-letters/transactions-7/drop", "{}"),
        new("ResendDeadLetter", "POST", "/api/dead-letters/transactions-7/resend", ""), new("ResendDeadLetter", "POST", "/api/dead-letters/nothing/resend", ""),
        Get("Audit", "/api/audit?member={m}&from=2026-01-01&limit=200"), Get("Audit", "/api/audit?limit=x"), Get("Audit", "/api/audit?from=yesterday"),
        Get("Audit", "/api/audit?author=A017&format=csv"), Get("Audit", "/api/audit?format=pdf"), Get("Audit", "/api/audit?continuation=x"),
        Get("Disputes", "/api/disputes"), Get("Disputes", "/api/disputes?continuation=x"),
        new("SettleDispute", "POST", "/api/disputes/nothing/settle", """{"memberId":"{m}","reason":"x","author":"y"}"""),
        new("SettleDispute", "POST", "/api/disputes/nothing/settle", "{}"),
    ];

    private static IEnumerable<Call> Programmes =>
    [
        Get("Programmes", "/api/programmes"), Get("ProgrammeVersion", "/api/programmes/foton/versions/1.0"),
            Get("ProgrammeVersion", "/api/programmes/foton/versions/9"), Get("ProgrammeVersion", "/api/programmes/skoda/versions/1"),
        Get("ProgrammeDraft", "/api/programmes/foton/draft"), new("SaveProgrammeDraft", "PUT", "/api/programmes/foton/draft", Draft("1.1")),
        Get("ProgrammeDraft", "/api/programmes/foton/draft"),
        new("SaveProgrammeDraft", "PUT", "/api/programmes/foton/draft", """{"author":"李编辑"}"""),
        new("SaveProgrammeDraft", "PUT", "/api/programmes/foton/draft", Draft("1.1")) { Headers = { ["If-Match"] = "\"0\"" } },
        new("SaveProgrammeDraft", "PUT", "/api/programmes/skoda/draft", "{}"),
        new("Preview", "POST", "/api/programmes/foton/preview", Preview), new("Preview", "POST", "/api/programmes/foton/preview", "{}"),
        new("Preview", "POST", "/api/programmes/nobody/preview", Preview), new("WhatIf", "POST", "/api/programmes/what-if", "{}"),
        new("WhatIf", "POST", "/api/programmes/what-if", "no JSON"),
        new("PublishProgramme", "POST", "/api/programmes/foton/publish", "{}"),
        new("PublishProgramme", "POST", "/api/programmes/foton/publish", """{"author":"王编辑","note":"试"}"""),
        new("PublishProgramme", "POST", "/api/programmes/foton/publish", """{"author":"王编辑","note":"试"}"""),
        new("PublishProgramme", "POST", "/api/programmes/skoda/publish", """{"author":"x"}"""),
        Get("ProgrammeAudit", "/api/programmes/foton/audit"), Get("ProgrammeAudit", "/api/programmes/foton/audit?limit=1"),
        Get("ProgrammeAudit", "/api/programmes/foton/audit?continuation=x"), Get("Programmes", "/api/programmes"),
    ];

    private static IEnumerable<Call> Sms =>
    [
        Get("Sms", "/api/sms?memberId={m}"), Get("Sms", "/api/sms"), Get("Sms", "/api/sms?memberId=M0"),
        new("SmsEvents", "POST", "/api/webhooks/sms",
        """[{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6"}}]"""),
        new("SmsEvents", "POST", "/api/webhooks/sms",
        """[{"id":"2","eventType":"Microsoft.Communication.SMSReceived","eventTime":"2026-03-02T10:00:00Z","data":{"messageId":"x","from":"8613800040001","to":"1","message":"R","receivedTimestamp":"2026-03-02T10:00:00Z"}}]"""),
        new("SmsEvents", "POST", "/api/webhooks/sms", "[]"), new("SmsEvents", "POST", "/api/webhooks/sms", "no JSON"),
        Get("Member", "/api/members/{m}"),
    ];

    private static IEnumerable<Call> Files =>
    [
        new("MemberStatement", "POST", "/api/members/{m}/statements", "{}"),
            new("MemberStatement", "POST", "/api/members/{m}/statements", """{"month":"9999-12"}"""),
        new("MemberStatement", "POST", "/api/members/{m}/statements", """{"month":"0001-13"}"""),
        new("MemberToken", "POST", "/api/members/M0/tokens", "{}"),
        new("MemberStatement", "POST", "/api/members/M0/statements", """{"month":"2026-01"}"""),
        Get("File", "/api/files/..%2Fclub.db"), Get("File", "/api/files/"),
    ];

    private static IEnumerable<Call> Probes =>
        [Get("Health", "/api/health"), Get("OpenApi", "/api/openapi.yaml"), Get("AsyncApi", "/api/asyncapi.yaml")];

    /// <summary>Who shows no key, a wrong one, two, or a token that nobody signed.</summary>
    private static IEnumerable<Call> Strangers =>
        from call in new[]
        {
            Get("Members", "/api/members"), Get("Members", "/api/members?code=guess"), Get("Member", "/api/members/{m}"),
            new("GrantTier", "POST", "/api/members/{m}/tier", "{}"),
            Get("Member", "/api/members/{m}") with { Headers = new() { ["Authorization"] = "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlcyI6ImhxIn0." } },
            Get("Member", "/api/members/{m}") with { Headers = new() { ["x-functions-key"] = "guess" } },
            Get("Member", "/api/members/{m}?code=a&code=b"), Get("File", "/api/files/x"), Get("Programmes", "/api/programmes"),
        }
        select call with { WithKey = false };

    /// <summary>Without a cookie: what anybody may see of the console.</summary>
    private static IEnumerable<Call> Console =>
    [
        Get("Console", "/api/console"), Get("Console", "/api/console/"), Get("Console", "/api/console/members?phone=1"),
        Get("Console", "/api/console/a%2Fb/%E7%8E%8B"), Get("Console", "/api/console/sign-in?back=//x"), Get("ConsoleAsset", "/api/console/assets/none.css"),
        Get("Console", "/api/console/sign-in/oidc?back=/api/console/work"), Get("Console", "/api/console/sign-in/callback?code=x&state=y"),
        new("Console", "POST", "/api/console/sign-in", "token=x"), new("Console", "POST", "/api/console/sign-out", ""),
        new("Console", "POST", "/api/console/preferences", "language=en") { Headers = { ["sec-fetch-site"] = "same-origin" } },
    ];

    /// <summary>More than a call takes, and more than the one-process host reads; with a length and without.</summary>
    private static IEnumerable<Call> TooLarge =>
        from size in new[] { 70_000, 1_200_000 }
        from chunked in new[] { false, true }
        from call in new Call[]
        {
            Site("large", new string(' ', size)), Chat("POST", new string(' ', size)),
                new("SmsEvents", "POST", "/api/webhooks/sms", new string(' ', size)), Grant(new string(' ', size)),
            new("Preview", "POST", "/api/programmes/foton/preview", new string(' ', size)),
            new("SaveProgrammeDraft", "PUT", "/api/programmes/foton/draft", new string(' ', size)),
        }
        select call with { Chunked = chunked };

    private static Call Get(string function, string path, string? remember = null) => new(function, "GET", path, Remember: remember);

    private static Call Bills(params string[] messages) => new("Transactions", "AMQP", "transactions", string.Join('\n', messages));

    private static Call Site(string delivery, string body, string? remember = null) =>
        new("SiteRegistrations", "POST", "/api/webhooks/registrations", body, remember) { Delivery = delivery };

    private static Call Grant(string body, string? key = null) =>
        new("GrantTier", "POST", "/api/members/{m}/tier", body) { Headers = key is null ? [] : new() { ["idempotency-key"] = key } };

    private static Call Chat(string verb, string? body, string more = "")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new("WeChat", verb,
            $"/api/wechat?timestamp={now}&nonce=7&signature={WeChatSignature.Of("placeholder-token", now, "7")}{more}", body);
    }

    private static string Message(string type, string rest) =>
        $"<xml><ToUserName>gh_club</ToUserName><FromUserName>oFan_1</FromUserName><CreateTime>1772418000</CreateTime><MsgType>{type}</MsgType>{rest}</xml>";

    private static string Draft(string version)
    {
        var programme = JsonNode.Parse(Repository.Read("functions", "Programmes", "foton.json"))!;
        (programme["version"], programme["effectiveFrom"]) = (version, "2099-01-01");
        return new JsonObject { ["author"] = "李编辑", ["programme"] = programme }.ToJsonString();
    }

    private static string Preview => new JsonObject { ["event"] = JsonNode.Parse(Events.Bill("P-1", Phone)) }.ToJsonString();
}
