using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Edges.Site;
using Club.Edges.WeChat;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Messaging;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Club.Tests.Support;

namespace Club.Docs.Tests.Cost;

/// <summary>A club with the default programme on a counted store, and a member as members are: a name, a car, two years of bills.</summary>
internal sealed class CostClub : IAsyncDisposable
{
    public const string Phone = "13800138000";
    public const string Vin = "LSVAA49J132047371";
    /// <summary>As long as WeChat writes them.</summary>
    private const string OpenId = "oPlaceholder_OpenId-00000001";
    private const int Bills = 20, DaysBetween = 36;

    private readonly ClubFixture _club;

    public CostClub(bool withBudget = false)
    {
        Store = new CountingStore(new MemoryStore());
        _club = new ClubFixture("skoda", Store, withBudget ? Campaign() : null);
    }

    public CountingStore Store { get; }
    public string MemberId { get; private set; } = "";
    public string LastBill { get; private set; } = "";

    public T Get<T>() where T : notnull => _club.Get<T>();
    public Task<Account> Account() => _club.Account(new MemberId(MemberId));
    public Task<IReadOnlyList<Entry>> Entries() => _club.Entries(new MemberId(MemberId));
    public Task Send(params IReadOnlyList<string> messages) => _club.Send(messages);

    public void At(DateOnly day, int hour = 12) => _club.At(day.Year, day.Month, day.Day, hour);
    public void PassDays(int days) => _club.Clock.Advance(TimeSpan.FromDays(days));
    public DateOnly Today => Get<ClubCalendar>().Today;

    public static string Bill(string id, object? member = null) => Events.Bill(id, Phone, member: member);

    /// <summary>A bill of today.</summary>
    public string BillToday(string id, object? member = null) =>
        Events.Bill(id, Phone, time: _club.Clock.GetUtcNow().ToString("o"), member: member);

    public async Task Join() => MemberId = (await Website("msg_1")).MemberId;

    /// <summary>Two years of ten bills each, as points last for two years.</summary>
    public async Task Settle()
    {
        await Join();
        for (var i = 0; i < Bills; i++)
        {
            await Send(LastBill = BillToday($"OLD-{i:D2}"));
            PassDays(DaysBetween);
        }
    }

    public async Task<Registered> Website(string deliveryId, bool openId = false)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "member.registered",
            timestamp = _club.Clock.GetUtcNow(),
            data = new
            {
                externalId = "site-0001", name = "王小明", phone = Phone, gender = "male", birthday = "1990-12-01", city = "北京",
                    dealerId = "D021", hobbies = new[] { "自驾", "摄影" },
                vehicles = new[] { new { vin = Vin, model = "明锐", purchasedOn = "2025-06-18", plate = "京A12345" } },
                consents = new { sms = true }, openId = openId ? OpenId : null,
            },
        });
        var headers = StandardWebhook.Sign(deliveryId, _club.Clock.GetUtcNow(), body, WebhookSecret.Parse(ClubFixture.WebhookSecret).Value);
        return (await Get<SiteRegistrations>().Handle(headers, body)).Value;
    }

    public Task Follow() =>
        WeChat("<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event><EventKey><![CDATA[qrscene_d:D021]]></EventKey>");

    public Task AskForPoints() => WeChat("<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[积分]]></Content><MsgId>1</MsgId>");

    public Task SendAsFan(params IReadOnlyList<string> ids) => Send([.. ids.Select(id => Bill(id, new { openId = OpenId }))]);

    /// <summary>What the queue message of one sweep and the member's bucket sets off.</summary>
    public Task Sweep(params IReadOnlyList<string> sweeps) =>
        Get<Work>().Handle(JsonSerializer.Serialize(new { sweeps, bucket = Ids.Bucket(MemberId) }, ClubJson.Options));

    public async Task<IReadOnlyList<SmsRecord>> Messages()
    {
        var page = await _club.Store.Find(
            IndexQuery.Prefix(SmsRecord.MemberIndex, MemberId + ":") with { Partition = MemberId, Limit = 1000 });
        return [.. page.Documents.Select(document => document.As<SmsRecord>())];
    }

    /// <summary>The default programme, with a budget that pays for all service points.</summary>
    private static Programme Campaign()
    {
        var file = JsonNode.Parse(Repository.Read("functions", "Programmes", "skoda.json"))!;
        file["budgets"]!.AsArray().Add(JsonNode.Parse("""{"code":"spring","points":999999999}"""));
        file["earning"]![0]!["budget"] = "spring";
        return ProgrammeReader.Read(Encoding.UTF8.GetBytes(file.ToJsonString()));
    }

    private Task<Outcome<WeChatReply>> WeChat(string content)
    {
        // Nobody does two things in one second; the moment of the last one is kept.
        _club.Clock.Advance(TimeSpan.FromMinutes(1));
        var timestamp = _club.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Get<WeChatConversation>().Handle(
            new WeChatQuery(WeChatSignature.Of("AAAAA", timestamp, "486452656"), timestamp, "486452656"),
            Encoding.UTF8.GetBytes(
            $"<xml><ToUserName><![CDATA[gh_club]]></ToUserName><FromUserName><![CDATA[{OpenId}]]></FromUserName><CreateTime>{timestamp}</CreateTime>{content}</xml>"));
    }

    public ValueTask DisposeAsync() => _club.DisposeAsync();
}
