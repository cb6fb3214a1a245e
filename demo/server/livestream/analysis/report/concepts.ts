/** Things that launches, meetings and talks are asked about, as both languages call them: a Chinese prompt finds English slides. Pure. */

const CONCEPTS: readonly (readonly [english: string, chinese: string])[] = [
  ['price pricing cost costs', '售价 价格 定价 费用 报价'],
  ['date dates', '日期 时间'],
  ['delivery deliveries delivered ship shipping', '交付 交货 发货 配送'],
  ['order orders preorder reservation booking', '预订 订购 下单 预售 订单'],
  ['deposit', '订金 定金 押金'],
  ['refund refunded', '退款 退还'],
  ['battery batteries', '电池 电芯'],
  ['range mileage', '续航 里程'],
  ['charging charge charger', '充电 快充'],
  ['warranty guarantee', '质保 保修 三包'],
  ['safety safe', '安全'],
  ['design styling appearance', '设计 外观 造型'],
  ['interior cabin cockpit', '内饰 座舱 车内'],
  ['performance power acceleration', '性能 动力 加速'],
  ['technology technologies tech', '技术 科技'],
  ['software system', '软件 系统'],
  ['autonomous driving assisted', '智驾 自动驾驶 辅助驾驶 智能驾驶'],
  ['product products', '产品 新品'],
  ['model models version versions trim', '车型 版本 型号 款式'],
  ['configuration specification specifications specs features', '配置 参数 规格 功能'],
  ['company corporate', '公司 企业'],
  ['market markets sales', '市场 销量 销售'],
  ['competitor competitors competition rival', '竞品 竞争 对手'],
  ['customer customers user users', '用户 客户 消费者'],
  ['team people staff', '团队 人员 员工'],
  ['speaker speakers guest guests host', '嘉宾 演讲 主持'],
  ['partner partners cooperation', '合作 伙伴'],
  ['investment funding', '投资 融资'],
  ['revenue income profit', '营收 收入 利润'],
  ['plan plans strategy roadmap', '计划 规划 战略 路线'],
  ['progress update updates', '进展 更新'],
  ['test tests testing', '测试 试验'],
  ['testdrive dealer dealers store', '试驾 门店 经销商'],
  ['quality reliability', '质量 品质 可靠'],
  ['camera photo', '相机 拍照 摄像'],
  ['screen display', '屏幕 显示'],
  ['chip processor', '芯片 处理器'],
  ['discount offer promotion benefits', '优惠 权益 折扣 促销'],
  ['question questions', '问题 提问'],
  ['agenda schedule', '议程 流程'],
  ['factory plant production', '工厂 生产 量产'],
  ['environment climate emissions', '环保 环境 排放'],
];

const english = new Map<string, number>();
const chinese: (readonly [string, number])[] = [];
CONCEPTS.forEach(([left, right], index) => {
  for (const word of left.split(' ')) english.set(word, index);
  for (const word of right.split(' ')) chinese.push([word, index]);
});

/** `#3` … for each that the text names. */
export function conceptsIn(text: string): readonly string[] {
  const found = new Set<number>();
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    const index = english.get(word);
    if (index !== undefined) found.add(index);
  }
  for (const [word, index] of chinese) if (text.includes(word)) found.add(index);
  return [...found].map((index) => `#${String(index)}`);
}
