namespace Club.Local.Sample;

/// <summary>Names as people in China have them, drawn from single characters: nobody's in particular.</summary>
internal static class SampleNames
{
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石";
    private const string Women = "芳娜敏静丽艳娟霞燕玲婷雪梅琳洁颖倩莉慧佳欣怡雨萱梦瑶思涵晓琪悦蕾楠岚";
    private const string Men = "伟强磊军洋勇杰涛明超刚平辉鹏飞斌浩宇轩博文俊峰志建国海龙子豪晨旭凯睿泽东";

    private static readonly string[] TwoCharacters = ["欧阳", "上官", "司马", "诸葛"];

    public static string Draw(SampleRandom random, bool isWoman)
    {
        var surname = random.Happens(0.005) ? random.Of(TwoCharacters) : $"{Surnames[random.Early(Surnames.Length)]}";
        var given = isWoman ? Women : Men;
        var first = given[random.Below(given.Length)];
        if (random.Happens(0.35)) return $"{surname}{first}";
        return $"{surname}{first}{given[random.Below(given.Length)]}";
    }
}
