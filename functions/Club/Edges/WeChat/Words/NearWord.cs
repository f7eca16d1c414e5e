using System.Globalization;
using Club.Dealers;
using Club.Members;

namespace Club.Edges.WeChat;

/// <summary>附近: dealers near. By the location that she sends, which is kept nowhere; without it by her city and her own dealer.</summary>
public sealed class NearWord(Dealerships dealers, Membership membership) : IAnswersInWeChat
{
    private const int Most = 5;

    public IReadOnlyList<string> Words { get; } = ["附近", "附近门店", "网点"];

    public bool TakesLocation => true;

    public async ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation)
    {
        var all = (await dealers.All(new DealerFilter(null, null, IsOpen: true), cancellation)).Value;
        if (asked.Location is { } here && NearRules.Around(all, here, Most) is { Count: > 0 } around) return Tell("离您最近的门店", around);
        var profile = await membership.Find(asked.MemberId, cancellation);
        var known = NearRules.Of(all, profile?.City, profile?.DealerId, Most).Where(near => near.Dealer.Name is not null).ToArray();
        if (known.Length > 0)
            return Tell("您可前往", known) + (asked.Location is null ? "\n发送您的位置，可查询离您最近的门店。" : "");
        return asked.Location is null ? "请发送您的位置，为您查询离您最近的门店。" : "暂未查到附近的门店。";
    }

    private static string Tell(string title, IEnumerable<NearDealer> near) =>
        string.Join('\n', near.Select(Line).Prepend($"{title}："));

    private static string Line(NearDealer near)
    {
        var dealer = near.Dealer;
        var line = dealer.Name ?? dealer.Code;
        if (near.Kilometres is { } distance) line += string.Create(CultureInfo.InvariantCulture, $"（约{distance:0.0}公里）");
        if (dealer.Address is { } address) line += $"，{address}";
        return dealer.Phone is { } phone ? $"{line}，电话{phone}" : line;
    }
}
