using System.IO.Compression;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Club.Access;
using Club.Edges;
using Club.Edges.WeChat;
using Club.Kernel;
using Club.Members;
using Club.Tests.Activities;
using Xunit;
using ZXing;
using ZXing.QrCode;

namespace Club.Tests.Edges;

/// <summary>What the pictures of codes say to whoever scans them: each is read again by another library.</summary>
public sealed partial class CodePictureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("183538541322")]
    [InlineData("r:183538541322")]
    [InlineData("a:0123456789ABCDEFGHJKMNPQRSTVWXYZ")]
    [InlineData("会员卡 · https://club.example/?x=1&y=2")]
    public void A_picture_is_read_as_what_it_says(string text)
    {
        Assert.Equal(text, ReadPng(QrPicture.Of(text, "png")!.Content));
        Assert.Equal(text, ReadSvg(Encoding.UTF8.GetString(QrPicture.Of(text, "svg")!.Content.Span)));
        Assert.Equal(QrPicture.Of(text, "svg")!.Tag, QrPicture.Of(text, "svg")!.Tag);
        Assert.NotEqual(QrPicture.Of(text, "svg")!.Tag, QrPicture.Of(text, "png")!.Tag);
        Assert.Null(QrPicture.Of(text, "gif"));
    }

    [Fact]
    public async Task A_member_shows_her_card_and_her_word_and_nobody_shows_another_dealers()
    {
        await using var club = new ClubFixture("skoda");
        var member = (await club.Register(with: form => form with { DealerId = new DealerId("D021") })).MemberId;
        var card = (await club.Get<Membership>().Find(member, Cancellation))!.CardNumber;
        var pictures = club.Get<CodePictures>();
        var own = new Caller([Role.Member], null) { Member = member };
        Assert.Equal(card, ReadPng((await pictures.OfMember(member, "card.png", own, Cancellation))!.Content));
        var word = ReadSvg(Encoding.UTF8.GetString((await pictures.OfMember(member, "referral.svg", own, Cancellation))!.Content.Span));
        Assert.Equal(card, WeChatScene.Parse(word).ReferrerCard?.Value);
        foreach (var none in (string[])["card", "card.gif", "card.png.svg", "check-in.png", "", "."])
            Assert.Null(await pictures.OfMember(member, none, own, Cancellation));
        Assert.NotNull(await pictures.OfMember(member, "card.svg", new Caller([Role.Advisor], "李顾问") { Dealer = new DealerId("D021") }, Cancellation));
        Assert.Null(await pictures.OfMember(member, "card.svg", new Caller([Role.Advisor], "赵顾问") { Dealer = new DealerId("D022") }, Cancellation));
        Assert.Null(await pictures.OfMember(new MemberId("M0000000000000000"), "card.svg", Caller.Operator, Cancellation));
    }

    [Fact]
    public async Task The_code_at_the_door_lets_in_and_only_who_lets_in_prints_it()
    {
        await using var club = new ClubFixture("skoda");
        var activity = await club.Open();
        var pictures = club.Get<CodePictures>();
        var picture = await pictures.OfActivity(ActivityClub.Drive, "check-in.png", ActivityClub.Marketing, Cancellation);
        Assert.Equal(activity.CheckInCode, WeChatScene.Parse(ReadPng(picture!.Content)).CheckInCode);
        Assert.Null(await pictures.OfActivity(ActivityClub.Drive, "check-in.png", ActivityClub.Finance, Cancellation));
        Assert.Null(await pictures.OfActivity(ActivityClub.Drive, "card.png", ActivityClub.Marketing, Cancellation));
        Assert.Null(await pictures.OfActivity("none", "check-in.png", ActivityClub.Marketing, Cancellation));
    }

    internal static string? ReadSvg(string svg)
    {
        var size = int.Parse(Regex.Match(svg, "viewBox=\"0 0 ([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);
        var dark = new bool[size * size];
        foreach (Match run in Runs().Matches(svg))
        {
            int At(int group) => int.Parse(run.Groups[group].Value, CultureInfo.InvariantCulture);
            for (var x = At(1); x < At(1) + At(3); x++) dark[At(2) * size + x] = true;
        }
        return Read(size, (x, y) => dark[y * size + x]);
    }

    /// <summary>One bit a pixel, rows without a filter: what the writer makes.</summary>
    internal static string? ReadPng(ReadOnlyMemory<byte> png)
    {
        var (bytes, at, width, data) = (png.ToArray(), 8, 0, new MemoryStream());
        while (at < bytes.Length)
        {
            var (length, kind) = (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)), Encoding.ASCII.GetString(bytes, at + 4, 4));
            if (kind == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 8));
                Assert.Equal((byte)1, bytes[at + 16]);
            }
            if (kind == "IDAT") data.Write(bytes, at + 8, length);
            at += 12 + length;
        }
        data.Position = 0;
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress)) zlib.CopyTo(unpacked);
        var (rows, stride) = (unpacked.ToArray(), (width + 7) / 8 + 1);
        Assert.All(Enumerable.Range(0, width), y => Assert.Equal(0, rows[y * stride]));
        return Read(width, (x, y) => (rows[y * stride + 1 + x / 8] >> (7 - x % 8) & 1) == 0);
    }

    private static string? Read(int size, Func<int, int, bool> isDark)
    {
        var scale = size < 200 ? 4 : 1;
        var side = size * scale;
        var light = new byte[side * side * 3];
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
                light.AsSpan((y * side + x) * 3, 3).Fill(isDark(x / scale, y / scale) ? (byte)0 : (byte)255);
        var source = new RGBLuminanceSource(light, side, side);
        var hints = new Dictionary<DecodeHintType, object> { [DecodeHintType.CHARACTER_SET] = "UTF-8", [DecodeHintType.PURE_BARCODE] = true };
        return new QRCodeReader().decode(new BinaryBitmap(new ZXing.Common.GlobalHistogramBinarizer(source)), hints)?.Text;
    }

    [GeneratedRegex("M([0-9]+) ([0-9]+)h([0-9]+)v1h-[0-9]+z")]
    private static partial Regex Runs();
}
